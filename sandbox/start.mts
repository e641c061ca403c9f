/**
 * `npm start`: a real n8n with this package, two simulated systems, and the month of `npm run demo` in its short form. No
 * account needed.
 * `npm start -- --once` ends after it instead of waiting for Ctrl+C.
 */
import { SHORT_FORM } from './demo/acts/index.mts';
import { FAST, play } from './demo/player.mts';
import { tableOf } from './demo/table.mts';
import { inTerminal, print, type Session } from './session.mts';
import { storyOf, tell } from './story.mts';

async function playShortForm({ stage, progress, step }: Session): Promise<void> {
  const month = await play(stage, progress, FAST, ({ title }) => step(title));
  step('');
  print('', 'The first sync:', ...tell(storyOf(stage.story!)));
  print('', 'The month, in its short form (npm run demo plays all of it):', '', ...tableOf(month));
}

await inTerminal({ home: 'home', acts: SHORT_FORM }, playShortForm);
