import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'ini';
import { PRODUCT_LINES } from '../../connectors/infor/registry.ts';

/** What a connector.ini says; see docs/ping.md. */
export interface PingConfig {
  infor: {
    /** Content of the .ionapi file. */
    ionapi: string;
    productLine: string;
    clientAuthentication: 'body' | 'header';
    emailHome: string;
    /** Settings of the product line, such as company, division or configuration. */
    values: Record<string, string>;
  };
  mailchimp: {
    apiKey: string;
    baseUrl: string;
    /** Id or name; '' for the only one. */
    audience: string;
  };
}

/** Something in the file is wrong: said in one sentence, without its values. */
export class ConfigError extends Error {}

type Section = Record<string, unknown>;

const OWN = new Set(['ionapi', 'productLine', 'clientAuthentication', 'emailHome']);

const sectionOf = (file: Section, name: string): Section => {
  const section = file[name];
  if (typeof section === 'object' && section !== null) return section as Section;
  throw new ConfigError(`The file has no section [${name}].`);
};

const text = (section: Section, name: string, usual = ''): string => String(section[name] ?? usual).trim();

function needed(section: Section, name: string, where: string): string {
  const value = text(section, name);
  if (value) return value;
  throw new ConfigError(`[${where}] has no ${name}.`);
}

function readIonapi(path: string, folder: string): string {
  try {
    return readFileSync(resolve(folder, path), 'utf8');
  } catch {
    throw new ConfigError('The .ionapi file that [infor] names cannot be read.');
  }
}

/** @throws ConfigError */
export function readConfig(path: string): PingConfig {
  let file: Section;
  try {
    file = parse(readFileSync(path, 'utf8')) as Section;
  } catch {
    throw new ConfigError(`${path} cannot be read.`);
  }
  const infor = sectionOf(file, 'infor');
  const mailchimp = sectionOf(file, 'mailchimp');
  const productLine = text(infor, 'productLine', 'm3');
  const ids = PRODUCT_LINES.map(({ id }) => id);
  if (!ids.includes(productLine)) throw new ConfigError(`[infor] productLine is none of ${ids.join(', ')}.`);
  const values = Object.entries(infor).filter(([name]) => !OWN.has(name));
  return {
    infor: {
      ionapi: readIonapi(needed(infor, 'ionapi', 'infor'), dirname(resolve(path))),
      productLine,
      clientAuthentication: text(infor, 'clientAuthentication') === 'header' ? 'header' : 'body',
      emailHome: text(infor, 'emailHome'),
      values: Object.fromEntries(values.map(([name, value]) => [name, String(value)])),
    },
    mailchimp: {
      apiKey: needed(mailchimp, 'apiKey', 'mailchimp'),
      baseUrl: text(mailchimp, 'baseUrl'),
      audience: text(mailchimp, 'audience'),
    },
  };
}
