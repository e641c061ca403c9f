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
      batchSegmentMembers(body: Options, list: string, segment: string): Answer;
      tagSearch(list: string, options?: Options): Answer;
    };
    batches: {
      start(body: Options): Answer;
      status(batch: string, options?: Options): Answer;
      list(options?: Options): Answer;
      deleteRequest(batch: string): Answer;
    };
  };
  export default client;
}
