/** What of Mailchimp can be read, one entry a resource; sources: the Marketing API's description. */
export interface ReadResource {
  value: string;
  name: string;
  one: string;
  many: string;
  /** Collection below /3.0; {audience}, {store}, {product} and {order} are parameters. */
  path: string;
  /** Where an answer holds the rows. */
  key: string;
  /** Fields of the simplified form, beside the ID. */
  simple: string[];
  filters: ReadFilter[];
}

export interface ReadFilter {
  name: string;
  label: string;
  /** Of the API. */
  query: string;
  type: 'string' | 'dateTime' | 'options';
  description: string;
  /** Of type options: what may be chosen, and what counts where nothing is. */
  choices?: { default: string; options: Array<{ name: string; value: string }> };
}

const STORE = '/ecommerce/stores/{store}';

const sentFilters: ReadFilter[] = [
  {
    name: 'sentBefore',
    label: 'Sent Before',
    query: 'before_send_time',
    type: 'dateTime',
    description: 'Only what was sent before this time',
  },
  {
    name: 'sentSince',
    label: 'Sent Since',
    query: 'since_send_time',
    type: 'dateTime',
    description: 'Only what was sent after this time',
  },
];

const filter = (name: string, label: string, query: string, description: string): ReadFilter => ({
  ...{ name, label, query, description },
  type: 'string',
});

export const READS: ReadResource[] = [
  {
    ...{ value: 'audience', name: 'Audience', one: 'audience', many: 'audiences' },
    ...{ path: '/lists', key: 'lists', filters: [] },
    simple: ['name', 'date_created', 'double_optin', 'stats.member_count', 'stats.unsubscribe_count'],
  },
  {
    ...{ value: 'campaign', name: 'Campaign', one: 'campaign', many: 'campaigns' },
    ...{ path: '/campaigns', key: 'campaigns' },
    simple: [
      ...['type', 'status', 'create_time', 'send_time', 'emails_sent', 'recipients.list_id'],
      ...['settings.subject_line', 'settings.title', 'report_summary'],
    ],
    filters: [
      filter('audienceId', 'Audience ID', 'list_id', 'Only campaigns of this audience'),
      ...sentFilters,
      filter('status', 'Status', 'status', 'Such as sent or schedule'),
    ],
  },
  {
    ...{ value: 'cart', name: 'Cart', one: 'cart', many: 'carts' },
    ...{ path: `${STORE}/carts`, key: 'carts', filters: [] },
    simple: [
      'customer.id',
      'customer.email_address',
      'currency_code',
      'order_total',
      'checkout_url',
      'lines',
    ],
  },
  {
    ...{ value: 'order', name: 'Order', one: 'order', many: 'orders' },
    ...{ path: `${STORE}/orders`, key: 'orders', simple: [] },
    filters: [
      filter('campaignId', 'Campaign ID', 'campaign_id', 'Only orders that Mailchimp ascribes to it'),
      filter('customerId', 'Customer ID', 'customer_id', 'Only orders of this customer of the store'),
    ],
  },
  {
    ...{ value: 'orderLine', name: 'Order Line', one: 'order line', many: 'order lines' },
    ...{ path: `${STORE}/orders/{order}/lines`, key: 'lines', filters: [] },
    simple: ['product_id', 'product_title', 'product_variant_id', 'quantity', 'price', 'discount'],
  },
  {
    ...{ value: 'product', name: 'Product', one: 'product', many: 'products' },
    ...{ path: `${STORE}/products`, key: 'products', filters: [] },
    simple: ['title', 'type', 'vendor', 'url', 'currency_code'],
  },
  {
    ...{ value: 'report', name: 'Report', one: 'report', many: 'reports' },
    ...{ path: '/reports', key: 'reports', filters: sentFilters },
    simple: [
      ...['campaign_title', 'list_id', 'subject_line', 'emails_sent', 'unsubscribed', 'send_time'],
      ...['abuse_reports', 'bounces', 'opens', 'clicks', 'ecommerce'],
    ],
  },
  {
    ...{ value: 'segment', name: 'Segment', one: 'segment', many: 'segments' },
    ...{ path: '/lists/{audience}/segments', key: 'segments' },
    simple: ['name', 'type', 'member_count', 'created_at', 'updated_at', 'options'],
    filters: [
      {
        ...{ name: 'kind', label: 'Kind', query: 'type', type: 'options' },
        description: 'Tags are segments, too; without this filter saved segments are read',
        choices: {
          default: 'saved',
          options: [
            { name: 'Saved Segments', value: 'saved' },
            { name: 'Tags', value: 'static' },
          ],
        },
      },
    ],
  },
  {
    ...{ value: 'store', name: 'Store', one: 'store', many: 'stores' },
    ...{ path: '/ecommerce/stores', key: 'stores', filters: [] },
    simple: ['name', 'list_id', 'currency_code', 'platform', 'domain', 'is_syncing'],
  },
  {
    ...{ value: 'storeCustomer', name: 'Store Customer', one: 'store customer', many: 'store customers' },
    ...{ path: `${STORE}/customers`, key: 'customers' },
    simple: [
      ...['email_address', 'opt_in_status', 'company', 'first_name', 'last_name', 'orders_count'],
      'total_spent',
    ],
    filters: [filter('email', 'Email', 'email_address', 'Only the customer with this address')],
  },
  {
    ...{ value: 'variant', name: 'Variant', one: 'variant', many: 'variants' },
    ...{ path: `${STORE}/products/{product}/variants`, key: 'variants', filters: [] },
    simple: ['title', 'sku', 'price', 'inventory_quantity', 'visibility'],
  },
];

export const readResource = (value: string): ReadResource | undefined =>
  READS.find((read) => read.value === value);
