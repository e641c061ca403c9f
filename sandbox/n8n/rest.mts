import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import axios, { isAxiosError, type AxiosInstance } from 'axios';
import type { Execution } from './execution.mts';
import { OWNER } from './home.mts';
import type { Credential, NewCredential, StoredWorkflow, TableRow, WorkflowFile } from './restTypes.mts';

export type { Credential, NewCredential, StoredWorkflow, TableRow, WorkflowFile } from './restTypes.mts';

/** n8n gives no more rows at once. */
const PAGE = 250;
/** ms that n8n has to publish a workflow. */
const PUBLISH_MS = 60_000;
const FINAL = new Set(['success', 'error', 'crashed', 'canceled']);
const SCOPES = ['execution:read', 'execution:list', 'workflow:read'];

/** n8n says in the body what it did not like. */
function explained(error: unknown): unknown {
  if (!isAxiosError(error) || !error.response) return error;
  const { method, url } = error.config ?? {};
  const said = JSON.stringify(error.response.data).slice(0, 500);
  return new Error(`n8n answered ${error.response.status} to ${method} ${url}: ${said}`);
}

/** n8n's own REST interface, as its editor uses it, with the session of the owner. */
export class N8nApi {
  private constructor(
    private readonly http: AxiosInstance,
    private readonly projectId: string,
  ) {}

  /** Logs in as the owner and makes an API key, with which executions can be read. */
  static async login(url: string): Promise<N8nApi> {
    // A kept connection may be closed by a busy n8n at the very moment of its next use.
    const httpAgent = new Agent({ keepAlive: false });
    const http = axios.create({ baseURL: url, timeout: 60_000, proxy: false, httpAgent });
    http.interceptors.response.use(undefined, (error: unknown) => Promise.reject(explained(error)));
    const { headers } = await http.post('/rest/login', {
      emailOrLdapLoginId: OWNER.email,
      password: OWNER.password,
    });
    const cookies = (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
    http.defaults.headers.common.Cookie = cookies.join('; ');
    const project = await http.get('/rest/projects/personal');
    const key = await http.post('/rest/api-keys', {
      label: `sandbox ${Date.now()}`,
      expiresAt: null,
      scopes: SCOPES,
    });
    http.defaults.headers.common['X-N8N-API-KEY'] = key.data.data.rawApiKey;
    return new N8nApi(http, project.data.data.id);
  }

  async createCredential(credential: NewCredential): Promise<Credential> {
    const { data } = await this.http.post('/rest/credentials', { ...credential, projectId: this.projectId });
    return { ...credential, id: data.data.id };
  }

  /** Presses *Connect my account* of an OAuth2 credential and follows the way to the server and back. */
  async connect({ id }: Credential): Promise<void> {
    const { data } = await this.http.get('/rest/oauth2-credential/auth', { params: { id } });
    // Step by step: a client drops the session's cookie where a redirect leads to another port.
    const agreed = await axios.get(data.data, { maxRedirects: 0, proxy: false, validateStatus: null });
    await this.http.get(String(agreed.headers.location));
  }

  /** Presses *Test* of a credential; green is status `OK`. */
  async testCredential(credential: Credential): Promise<{ status: string; message: string }> {
    const { data } = await this.http.post('/rest/credentials/test', { credentials: credential });
    return data.data;
  }

  /** Imports a workflow file unchanged; n8n links the credentials by name. */
  async importWorkflow(file: WorkflowFile): Promise<StoredWorkflow> {
    const { data } = await this.http.post('/rest/workflows', file);
    return data.data;
  }

  async workflowByName(name: string): Promise<StoredWorkflow | undefined> {
    const filter = JSON.stringify({ name });
    const { data } = await this.http.get('/rest/workflows', { params: { filter } });
    const found = (data.data as StoredWorkflow[]).find((workflow) => workflow.name === name);
    return found && (await this.http.get(`/rest/workflows/${found.id}`)).data.data;
  }

  /** Presses *Execute workflow* at the given trigger; returns at once. */
  async start(workflow: StoredWorkflow, trigger: string): Promise<string> {
    const { data } = await this.http.post(`/rest/workflows/${workflow.id}/run`, {
      workflowData: workflow,
      triggerToStartFrom: { name: trigger },
    });
    return String(data.data.executionId);
  }

  async execution(id: string): Promise<Execution> {
    const { data } = await this.http.get(`/api/v1/executions/${id}`, { params: { includeData: true } });
    return data;
  }

  /** Waits until an execution has ended, well or not. */
  async finished(id: string, timeoutMs = 180_000): Promise<Execution> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const { data } = await this.http.get(`/api/v1/executions/${id}`);
      if (FINAL.has(data.status)) return this.execution(id);
      if (Date.now() > deadline) throw new Error(`Execution ${id} is still ${data.status}`);
      await pause(300);
    }
  }

  /** Publishes the workflow; its triggers listen when this is done. @throws Error where one of them cannot */
  async publish({ id, versionId }: StoredWorkflow): Promise<void> {
    await this.http.post(`/rest/workflows/${id}/activate`, { versionId });
    const { status, triggers } = await this.publication(id);
    if (status === 'failed' || status === 'partial')
      throw new Error(`n8n could not publish workflow ${id}: ${JSON.stringify(triggers)}`);
  }

  /** Takes the workflow back; n8n removes its webhooks. */
  async unpublish({ id }: StoredWorkflow): Promise<void> {
    await this.http.post(`/rest/workflows/${id}/deactivate`, {});
    await this.publication(id);
  }

  /** n8n answers before it has published: what a trigger keeps is stored after its webhook is registered. */
  private async publication(id: string): Promise<{ status: string; triggers: unknown[] }> {
    for (const end = Date.now() + PUBLISH_MS; Date.now() < end; await pause(50)) {
      const { data } = await this.http.get(`/rest/workflows/${id}/publication-status`);
      if (data.data.status !== 'in_progress') return data.data;
    }
    throw new Error(`n8n has not published workflow ${id} in ${PUBLISH_MS / 1000} s`);
  }

  /** The executions of a workflow, the newest first, without their data. */
  async executionsOf({ id }: StoredWorkflow): Promise<Execution[]> {
    const { data } = await this.http.get('/api/v1/executions', { params: { workflowId: id, limit: 250 } });
    return data.data;
  }

  /** Runs a workflow to its end. */
  async run(workflow: StoredWorkflow, trigger: string, timeoutMs?: number): Promise<Execution> {
    return this.finished(await this.start(workflow, trigger), timeoutMs);
  }

  /** Path of a data table; undefined when there is none of this name. */
  private async tablePath(name: string): Promise<string | undefined> {
    const base = `/rest/projects/${this.projectId}/data-tables`;
    const tables = await this.http.get(base, { params: { filter: JSON.stringify({ name }) } });
    const table = tables.data.data.data.find((row: { name: string }) => row.name === name);
    return table && `${base}/${table.id}`;
  }

  async insertRows(table: string, rows: Array<Record<string, unknown>>): Promise<void> {
    await this.http.post(`${await this.tablePath(table)}/insert`, { data: rows, returnType: 'count' });
  }

  /** The rows of a data table that were written last, and how many there are of all. */
  async newestRows(name: string, take: number): Promise<{ rows: TableRow[]; count: number }> {
    const path = await this.tablePath(name);
    const rows: TableRow[] = [];
    for (let count = 0; path; ) {
      const params = {
        take: Math.min(take - rows.length, PAGE),
        skip: rows.length,
        sortBy: 'updatedAt:desc',
      };
      const { data } = await this.http.get(`${path}/rows`, { params });
      rows.push(...data.data.data);
      count = data.data.count;
      if (rows.length >= Math.min(take, count) || data.data.data.length === 0) return { rows, count };
    }
    return { rows, count: 0 };
  }

  /** Deletes the rows of a data table whose column has this value. */
  async deleteRows(name: string, columnName: string, value: string): Promise<void> {
    const filters = [{ columnName, condition: 'eq', value }];
    const filter = JSON.stringify({ type: 'and', filters });
    await this.http.delete(`${await this.tablePath(name)}/rows`, { params: { filter } });
  }

  /** All rows of a data table by its name; [] when there is none. */
  async tableRows(name: string): Promise<TableRow[]> {
    const path = await this.tablePath(name);
    const rows: TableRow[] = [];
    while (path) {
      const page = await this.http.get(`${path}/rows`, { params: { take: PAGE, skip: rows.length } });
      rows.push(...page.data.data.data);
      if (page.data.data.data.length === 0 || rows.length >= page.data.data.count) break;
    }
    return rows;
  }
}
