import { ConfigError, readConfig } from './config.mts';
import { askInfor } from './infor.mts';
import { askMailchimp } from './mailchimp.mts';
import { showPlan } from './plan.mts';
import { Report } from './report.mts';

/**
 * Both systems, asked as a newcomer would: is it there, may we, what is there, what would happen. Reads only.
 * @returns whether every answer was yes
 */
export async function ping(path: string, print: (line: string) => void): Promise<boolean> {
  const report = new Report(print);
  try {
    const config = readConfig(path);
    const parties = await askInfor(config.infor, report);
    const audience = await askMailchimp(config.mailchimp, report);
    if (parties && audience) await showPlan(parties, audience, report);
  } catch (error) {
    if (!(error instanceof ConfigError)) return Promise.reject(error as Error);
    report.no('connector.ini', error);
  }
  print('');
  print(
    report.isGood ? 'Everything answers. Import template 01 next.' : 'Mend what is marked ✗, and ask again.',
  );
  return report.isGood;
}
