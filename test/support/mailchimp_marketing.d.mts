/** The part of the official client that the contract tests use; the package brings no types. */
declare module '@mailchimp/mailchimp_marketing' {
  type Answer = Promise<Record<string, unknown>>;
  type Options = Record<string, unknown>;
  const client: {
    basePath: string;
    setConfig(config: { apiKey?: string; accessToken?: string; server?: string }): void;
    ping: { get(): Answer };
    root: { getRoot(options?: Options): Answer };
    searchMembers: { search(query: string, options?: Options): Answer };
    lists: {
      getAllLists(options?: Options): Answer;
      getList(list: string, options?: Options): Answer;
      getListMergeFields(list: string, options?: Options): Answer;
      addListMergeField(list: string, body: Options): Answer;
      getListMembersInfo(list: string, options?: Options): Answer;
      getListMember(list: string, hash: string, options?: Options): Answer;
      addListMember(list: string, body: Options, options?: Options): Answer;
      setListMember(list: string, hash: string, body: Options, options?: Options): Answer;
      updateListMember(list: string, hash: string, body: Options, options?: Options): Answer;
      deleteListMember(list: string, hash: string): Answer;
      deleteListMemberPermanent(list: string, hash: string): Answer;
      updateListMemberTags(list: string, hash: string, body: Options): Answer;
      getListMemberTags(list: string, hash: string, options?: Options): Answer;
      batchListMembers(list: string, body: Options, options?: Options): Answer;
      listSegments(list: string, options?: Options): Answer;
      createSegment(list: string, body: Options): Answer;
      getSegment(list: string, segment: string, options?: Options): Answer;
      updateSegment(list: string, segment: string, body: Options): Answer;
      deleteSegment(list: string, segment: string): Answer;
      getSegmentMembersList(list: string, segment: string, options?: Options): Answer;
      batchSegmentMembers(body: Options, list: string, segment: string): Answer;
      tagSearch(list: string, options?: Options): Answer;
    };
    ecommerce: {
      addStore(body: Options): Answer;
      getStore(store: string, options?: Options): Answer;
      updateStore(store: string, body: Options): Answer;
      deleteStore(store: string): Answer;
      addStoreCustomer(store: string, body: Options): Answer;
      setStoreCustomer(store: string, customer: string, body: Options): Answer;
      updateStoreCustomer(store: string, customer: string, body: Options): Answer;
      getAllStoreCustomers(store: string, options?: Options): Answer;
      addStoreProduct(store: string, body: Options): Answer;
      addProductVariants(store: string, product: string, body: Options): Answer;
      addStoreOrder(store: string, body: Options): Answer;
      getStoreOrders(store: string, options?: Options): Answer;
      getOrder(store: string, order: string, options?: Options): Answer;
      updateOrder(store: string, order: string, body: Options): Answer;
      deleteOrder(store: string, order: string): Answer;
      addOrderLineItem(store: string, order: string, body: Options): Answer;
      getAllOrderLineItems(store: string, order: string, options?: Options): Answer;
      deleteOrderLineItem(store: string, order: string, line: string): Answer;
      addStoreCart(store: string, body: Options): Answer;
      getStoreCarts(store: string, options?: Options): Answer;
      orders(options?: Options): Answer;
    };
    campaigns: { list(options?: Options): Answer; get(campaign: string): Answer };
    reports: { getAllCampaignReports(options?: Options): Answer; getCampaignReport(id: string): Answer };
    batches: {
      start(body: Options): Answer;
      status(batch: string, options?: Options): Answer;
      list(options?: Options): Answer;
      deleteRequest(batch: string): Answer;
    };
  };
  export default client;
}
