import type { FastifyRequest } from 'fastify';
import type { Lab } from '../../sandbox/lab.mts';
import type { Faults } from '../../sandbox/kit/faults.mts';
import { until } from './circle.mts';

/** Before a system has done what it is asked, or after that and before it answers. */
export type Moment = 'reset-before' | 'reset-after';

export interface Cut {
  moment: Moment;
  /** The call at which n8n is killed; asked once for each call of any system, in the order in which they come. */
  where: (request: FastifyRequest) => boolean;
  act: () => Promise<unknown>;
  /** Whether all went well to the end without such a call. */
  done: () => Promise<boolean>;
}

/** Kills n8n (SIGKILL) at one of its calls, and starts it again. @returns whether there was such a call */
export async function cutWhere(lab: Lab, { moment, where, act, done }: Cut): Promise<boolean> {
  const { ion, mailchimp } = lab.world;
  const all: Faults[] = [ion.faults, ion.tokenFaults, mailchimp.faults];
  let killed: Promise<void> | undefined;
  const strike = (request: FastifyRequest): boolean => {
    if (killed || !where(request)) return false;
    killed = lab.n8n.kill();
    return true;
  };
  for (const faults of all) faults.add({ kind: moment, where: strike });
  await act();
  await until(
    'n8n is killed, or the run ends',
    async () => killed !== undefined || (await done().catch(() => false)),
  );
  for (const faults of all) faults.clear();
  if (!killed) return false;
  await killed;
  await lab.restart();
  return true;
}
