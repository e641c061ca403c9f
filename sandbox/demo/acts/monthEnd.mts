import type { Act } from '../act.mts';
import { CURSORS } from '../stage.mts';

export const monthEnd: Act = {
  id: 'monthEnd',
  day: 30,
  at: '23:00',
  label: 'Month’s end',
  title: 'The end of the month',
  tells:
    'All contacts and all customers are compared once more, from the beginning. Both systems say the same, so nothing is written: they are silent until the next thing happens.',
  about: [],
  async play(stage) {
    const { api } = stage.lab;
    const before = stage.writes();
    for (const name of ['toAudience', 'sweep'] as const)
      await api.deleteRows(CURSORS, 'flow', (await stage.workflow(name)).id);
    await stage.run('sweep');
    await stage.run('toAudience');
    if (stage.has('standing')) await stage.run('standing');
    stage.check('Writes of a sweep and a sync over all', stage.writes(), before);
    stage.check('Consent violations', stage.world.mailchimp.consentViolations, []);
    return { cloudSuite: 'All customers compared: 0 writes', mailchimp: 'All contacts compared: 0 writes' };
  },
};
