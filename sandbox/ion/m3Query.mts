import type { FastifyRequest } from 'fastify';
import { MiFailure, type Asked, type MiOptions, type MiRecord } from './mi/engine.mts';

const DATE_FORMATS = new Set(['YMD8', 'YMD6', 'MDY6', 'DMY6', 'YWD5', 'YMD8-']);

/** What H5's client adds to every address to get past caches; M3 does not look at it. */
const IGNORED = new Set(['_rid']);

/** One single call: what is asked, and how it is to be answered. */
export interface Call {
  asked: Asked;
  options: MiOptions;
  extended: boolean;
}

type Pairs = Array<[name: string, value: string]>;

const isField = (name: string): boolean => /^[A-Z0-9]+$/.test(name);

/** `;maxrecs=100;cono=100` after the transaction: how H5's client writes the context (infor §3.1). */
const matrixOf = (path: string): Pairs =>
  path
    .split(';')
    .slice(1)
    .map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at), decodeURIComponent(part.slice(at + 1))];
    });

function maxRecordsOf(text = '100'): number {
  if (!/^\d+$/.test(text)) throw new MiFailure('XNU0000', 'maxrecs', `Value ${text} is not numeric`);
  return Number(text);
}

function optionsOf(context: Record<string, string>): MiOptions {
  const dateFormat = context.dateformat ?? 'YMD8';
  if (!DATE_FORMATS.has(dateFormat))
    throw new MiFailure('XDT0001', 'dateformat', `Date format ${dateFormat} is not known`);
  return {
    maxRecords: maxRecordsOf(context.maxrecs),
    columns: (context.returncols ?? '').split(',').filter((column) => column !== ''),
    excludeEmpty: context.excludeempty === 'true' || context.excludempty === 'true',
    rightTrim: context.righttrim !== 'false',
    dateFormat,
  };
}

/**
 * Names in upper case are fields of the transaction, all others its context: `CONO` and `cono` are two things.
 * @throws MiFailure for an option that M3 cannot read
 */
export function readCall(request: FastifyRequest): Call {
  const { program, transaction } = request.params as { program: string; transaction: string };
  const at = request.url.indexOf('?');
  const path = at < 0 ? request.url : request.url.slice(0, at);
  const query = at < 0 ? '' : request.url.slice(at + 1);
  const pairs: Pairs = [...matrixOf(path), ...new URLSearchParams(query).entries()];
  const record: MiRecord = Object.fromEntries(pairs.filter(([name]) => isField(name)));
  const context: Record<string, string> = Object.fromEntries(
    pairs.filter(([name]) => !isField(name) && !IGNORED.has(name)),
  );
  const company = context.cono ? { company: context.cono } : {};
  return {
    asked: { program, transaction: transaction.split(';')[0]!, record, ...company },
    options: optionsOf(context),
    extended: context.extendedresult === 'true',
  };
}
