import type { PartyHomes } from '../homes';
import { customerAddresses, supplierAddresses } from './addressHomes';
import { customFields } from './customFields';
import { customerRecords, supplierRecords } from './homes';
import type { Mi } from './mi';
import type { M3Settings } from './settings';

export const customerHomes = (mi: Mi, settings: M3Settings): PartyHomes => ({
  records: customerRecords(mi),
  customFields: customFields(mi, settings.table),
  referenceFields: settings.referenceFields,
  addresses: (emailHome) => customerAddresses(mi, emailHome, settings),
});

export const supplierHomes = (mi: Mi, settings: M3Settings): PartyHomes => ({
  records: supplierRecords(mi),
  customFields: customFields(mi, settings.supplierTable),
  referenceFields: settings.referenceFields,
  addresses: (emailHome) => supplierAddresses(mi, emailHome, settings),
});
