import type { IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { OrderItemOptions } from '../shared/orderItems';

export const itemOptionsAt = (context: IPollFunctions | IWebhookFunctions): OrderItemOptions => ({
  readContact: context.getNodeParameter('readContact', true) !== false,
  numberField: String(context.getNodeParameter('options.customerNumberField', 'CUSTNO') ?? '')
    .trim()
    .toUpperCase(),
});
