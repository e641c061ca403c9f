import { startIonSimulator, type IonSimulator } from '../../../sandbox/ion/simulator.mts';
import { PRODUCT_LINES } from '../../../connectors/infor/registry.ts';
import type { Posting } from '../../../connectors/infor/receivables.ts';
import { toOrderInput } from '../../../nodes/InforCloudSuite/resources/receivable/readOrders.ts';
import { postOrders } from '../../../nodes/InforCloudSuite/resources/receivable/run.ts';
import type { EntryPart, ReceivableSettings } from '../../../sync/receivable/types.ts';
import type { EarlierRows, RecordOutcome } from '../../../sync/types.ts';
import { gatewayFor } from '../../support/gateway.mts';

export type Json = Record<string, unknown>;

export const ACCOUNTS: Posting['accounts'] = {
  goods: { account: '1010/100', taxCode: '20' },
  shipping: { account: '1020', taxCode: '' },
  tax: { account: '1030', taxCode: '' },
  discount: { account: '1040', taxCode: '' },
  rounding: { account: '1050', taxCode: '' },
  refund: { account: '1060', taxCode: '' },
  receivable: { account: '1070', taxCode: '' },
};

export const M3_VALUES = { interfaceName: 'MAILCHIMP' };

/** An order as Mailchimp gives it. */
export function orderOf(id: string, email: string, change: Json = {}): Json {
  return {
    id,
    store_id: 'shop',
    customer: { id: `c-${id}`, email_address: email },
    campaign_id: '',
    currency_code: 'EUR',
    order_total: 119.95,
    tax_total: 19.95,
    shipping_total: 10,
    discount_total: 5,
    financial_status: 'paid',
    fulfillment_status: '',
    processed_at_foreign: '2026-03-31T22:30:00+00:00',
    updated_at_foreign: '2026-03-31T22:30:00+00:00',
    cancelled_at_foreign: '',
    lines: [{ id: '1', product_id: 'p', product_variant_id: 'v', quantity: 3, price: 31.665, discount: 0 }],
    ...change,
  };
}

/** Posts orders without n8n, each call a run of its own. */
export class Shop {
  private constructor(
    readonly ion: IonSimulator,
    private readonly line: string,
    private readonly posting: Posting,
  ) {}

  static async open(line = 'm3', values: Record<string, string> = M3_VALUES, customers = 40): Promise<Shop> {
    const ion = await startIonSimulator({ customers, business: 200 });
    return new Shop(ion, line, { values, accounts: ACCOUNTS });
  }

  /** A customer whose address nobody shares. */
  customer(number: string, email: string): void {
    this.ion.m3.addCustomer({ CUNO: number, CUNM: number, MAIL: email, PYNO: '' });
  }

  async post(
    orders: Json[],
    change: Partial<ReceivableSettings> = {},
    mode: 'plan' | 'apply' = 'apply',
    beside: Json = {},
    earlier?: EarlierRows,
  ): Promise<RecordOutcome[]> {
    const type = PRODUCT_LINES.find(({ id }) => id === this.line)!;
    if (!('what' in type.receivable)) throw new Error(`${this.line} takes no receivables`);
    const line = type.open(gatewayFor(this.ion.ionapi()), {
      values: this.line === 'industrial' ? { configuration: 'ACME_DEM_MAIN' } : {},
      fieldNames: {},
      referenceFields: {},
    });
    const { outcomes } = await postOrders(line, line.receivables!(this.posting), {
      inputs: orders.map((order, i) =>
        toOrderInput({ json: { order, ...beside } as never }, i, `Order ${String(order.id)}`),
      ),
      settings: {
        voucherLength: type.receivable.voucherLength,
        keeps: type.receivable.keeps,
        payments: type.receivable.wantsPayments?.(this.posting.values) ?? false,
        post: 'all',
        customerIdIsNumber: false,
        today: '20261123',
        date: 'order',
        accounts:
          type.receivable.accounts.length > 0 ? new Set(Object.keys(ACCOUNTS) as EntryPart[]) : undefined,
        ...change,
      },
      emailHome: '',
      context: {
        ...{ mode, flow: 'orders', executionId: '1', workflowId: 'w', link: '', audienceId: 'orders' },
        ...(earlier ? { earlier } : {}),
      },
    });
    return outcomes;
  }

  close(): Promise<void> {
    return this.ion.close();
  }
}
