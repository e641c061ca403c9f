import {
  ICredentialsHelper,
  type ICredentialDataDecryptedObject,
  type ICredentialType,
  type IHttpRequestHelper,
  type IHttpRequestOptions,
  type INode,
  type INodeCredentialsDetails,
  type IRequestOptionsSimplified,
  type Workflow,
} from 'n8n-workflow';

/** n8n's credentials in memory, with its rule for `preAuthentication` (n8n 2.40, credentials-helper). */
export class TestCredentials extends ICredentialsHelper {
  readonly updates: ICredentialDataDecryptedObject[] = [];

  constructor(
    private readonly types: Record<string, ICredentialType>,
    private readonly store: Record<string, ICredentialDataDecryptedObject>,
  ) {
    super();
  }

  getParentTypes(type: string): string[] {
    return this.types[type]?.extends ?? [];
  }

  isCredentialUsableByNode(): boolean {
    return true;
  }

  getCredentialsProperties(type: string): ICredentialType['properties'] {
    return this.types[type]!.properties;
  }

  async getDecrypted(
    _data: unknown,
    details: INodeCredentialsDetails,
  ): Promise<ICredentialDataDecryptedObject> {
    return { ...this.store[details.id!]! };
  }

  async getCredentials(): Promise<never> {
    throw new Error('Not used by the engine');
  }

  async updateCredentials(
    details: INodeCredentialsDetails,
    _type: string,
    data: ICredentialDataDecryptedObject,
  ): Promise<void> {
    this.updates.push(data);
    Object.assign(this.store[details.id!]!, data);
  }

  async updateCredentialsOauthTokenData(): Promise<void> {}

  async authenticate(
    credentials: ICredentialDataDecryptedObject,
    typeName: string,
    options: IHttpRequestOptions | IRequestOptionsSimplified,
    _workflow: Workflow,
    _node: INode,
  ): Promise<IHttpRequestOptions> {
    const { authenticate } = this.types[typeName]!;
    if (typeof authenticate !== 'function') throw new Error('Our credentials authenticate with a function');
    return await authenticate(credentials, options as IHttpRequestOptions);
  }

  async preAuthentication(
    helpers: IHttpRequestHelper,
    credentials: ICredentialDataDecryptedObject,
    typeName: string,
    node: INode,
    expired: boolean,
  ): Promise<ICredentialDataDecryptedObject | undefined> {
    const type = this.types[typeName]!;
    const expirable = type.properties.find((p) => p.type === 'hidden' && p.typeOptions?.expirable === true);
    if (!expirable || !type.preAuthentication) return undefined;
    if (credentials[expirable.name] !== '' && !expired) return undefined;
    const output = await type.preAuthentication.call(helpers, credentials);
    if (output[expirable.name] === undefined) return undefined;
    const declared = new Set(type.properties.map(({ name }) => name));
    const kept = Object.fromEntries(Object.entries(output).filter(([name]) => declared.has(name)));
    await this.updateCredentials(node.credentials![typeName]!, typeName, {
      ...this.store[typeName],
      ...kept,
    } as ICredentialDataDecryptedObject);
    return Object.assign(credentials, kept) as ICredentialDataDecryptedObject;
  }

  async runPreAuthentication(): Promise<undefined> {
    return undefined;
  }
}
