import type { IBinaryData, IWebhookFunctions } from 'n8n-workflow';

/** Bytes; a customer master is a few thousand. */
export const MAX_DOCUMENT = 5 * 1024 * 1024;

/** The document of a post, or the HTTP status that refuses it. */
export type Received = { xml: string } | { status: 400 | 413 | 415 };

interface Upload {
  filepath: string;
  originalFilename?: string | null;
  mimetype?: string | null;
  size?: number;
}

interface Form {
  data?: Record<string, unknown>;
  files?: Record<string, Upload | Upload[]>;
}

async function contentOf(context: IWebhookFunctions, { filepath, mimetype }: Upload): Promise<Buffer> {
  const binary: IBinaryData = await context.nodeHelpers.copyBinaryFile(
    filepath,
    'document',
    mimetype ?? undefined,
  );
  if (!binary.id) return Buffer.from(binary.data, 'base64');
  return context.helpers.binaryToBuffer(await context.helpers.getBinaryStream(binary.id));
}

const textOf = (part: unknown): string | undefined => {
  const value: unknown = Array.isArray(part) ? part[0] : part;
  return typeof value === 'string' ? value : undefined;
};

/** The part MessagePayload, which n8n has stored as a file or, without a file name, as a field. */
async function fromForm(context: IWebhookFunctions): Promise<Received> {
  const { data = {}, files = {} } = context.getBodyData() as Form;
  const field = textOf(data.MessagePayload);
  if (field !== undefined) return field.length > MAX_DOCUMENT ? { status: 413 } : { xml: field };
  const upload = Object.hasOwn(files, 'MessagePayload') ? files.MessagePayload : undefined;
  const file = Array.isArray(upload) ? upload[0] : upload;
  if (!file) return { status: 400 };
  if ((file.size ?? 0) > MAX_DOCUMENT) return { status: 413 };
  return { xml: (await contentOf(context, file)).toString('utf8') };
}

/** JSON as ION's `message` has it: the document stands in document.value. */
function fromJson(text: string): Received {
  try {
    const { document } = JSON.parse(text) as { document?: { value?: unknown } };
    if (typeof document?.value === 'string') return { xml: document.value };
  } catch {
    // Refused below.
  }
  return { status: 400 };
}

/** @throws nothing: what cannot be read is refused */
export async function documentOf(context: IWebhookFunctions): Promise<Received> {
  const request = context.getRequestObject();
  const type = String(request.headers['content-type'] ?? '')
    .split(';')[0]!
    .trim()
    .toLowerCase();
  if (request.headers['content-encoding']) return { status: 415 };
  if (type === 'multipart/form-data') return fromForm(context);
  const raw = request.rawBody as Buffer | undefined;
  if (!raw || raw.length === 0) return { status: 400 };
  if (raw.length > MAX_DOCUMENT) return { status: 413 };
  if (type === 'application/json') return fromJson(raw.toString('utf8'));
  return /^(application|text)\/([\w.-]+\+)?xml$/.test(type) ? { xml: raw.toString('utf8') } : { status: 415 };
}
