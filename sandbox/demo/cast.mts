import type { CustomerRow } from '../data/customers.mts';

/** Somebody who can be followed through the month, and the customer that they buy for. */
export interface Person {
  /** CUNO. */
  number: string;
  person: string;
  company: string;
  email: string;
  phone: string;
}

const cast = (number: string, person: string, company: string, email: string, phone: string): Person => ({
  number,
  person,
  company,
  email,
  phone,
});

export const ANNA = cast(
  'Y41001',
  'Anna Berg',
  'Berg & Daughters',
  'anna@bergbakery.example',
  '+46812340101',
);
export const CARL = cast('Y41002', 'Carl Holm', 'Holm Marine Supply', 'carl@holm.example', '+46812340102');
export const JONAS = cast('Y41003', 'Jonas Falk', 'Falk Garden', 'jonas@falkgarden.example', '+46812340103');
export const EMIL = cast('Y41004', 'Emil Strand', 'Strand Optics', 'emil@strand.example', '+46812340104');
/** Become customers in the course of the month. */
export const MIA = cast('Y41005', 'Mia Lind', 'Lind Kitchens', 'mia@lind.example', '+46812340105');
export const ROSA = cast('Y41006', 'Rosa Peña', 'Peña Textiles', 'rosa@pena.example', '+46812340106');

/** Customers already when the month begins. */
export const FROM_THE_START: readonly Person[] = [ANNA, CARL, JONAS, EMIL];
export const NEWCOMERS: readonly Person[] = [MIA, ROSA];
export const EVERYBODY: readonly Person[] = [...FROM_THE_START, ...NEWCOMERS];

/** As the clerk enters them in CRS610. */
export const rowOf = ({ number, person, company, email, phone }: Person): CustomerRow => ({
  ...{ CUNO: number, CUNM: company, YREF: person, MAIL: email, PHNO: phone, STAT: '20' },
  ...{ CUA1: 'Hamngatan 5', PONO: '11147', TOWN: 'Stockholm', CSCD: 'SE', BLCD: '0' },
});
