import { SaxesParser } from 'saxes';

/** An element with its local name; `text` is what stands directly in it, trimmed. */
export interface XmlNode {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: XmlNode[];
}

/** A customer master has less than ten levels. */
const MAX_DEPTH = 60;
const MAX_NODES = 200_000;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * XML as a tree. There is no document type, so no entity but XML's own five and characters by number, and nothing is
 * ever fetched.
 * @throws Error for anything that is not well formed, has a document type, or is too deep or too large
 */
export function parseXml(text: string): XmlNode {
  const parser = new SaxesParser();
  const open: XmlNode[] = [];
  let root: XmlNode | undefined;
  let nodes = 0;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('A document type is not allowed');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length >= MAX_DEPTH || ++nodes > MAX_NODES)
      throw new Error('The document is too deep or too large');
    const node: XmlNode = {
      name: localName(name),
      attributes: attributes as Record<string, string>,
      text: '',
      children: [],
    };
    const parent = open.at(-1);
    if (parent) parent.children.push(node);
    else root ??= node;
    open.push(node);
  });
  const add = (part: string): void => {
    const node = open.at(-1);
    if (node) node.text += part;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    const node = open.pop();
    if (node) node.text = node.text.trim();
  });
  parser.write(text).close();
  if (!root) throw new Error('There is no element');
  return root;
}
