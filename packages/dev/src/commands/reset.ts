import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { join } from 'node:path';
import { stateDirectory } from '../lib/paths.ts';
import { say } from '../lib/say.ts';

// Throws the state of the embedded default away, after asking; `--yes` answers for scripts.
const state = stateDirectory();
if (!existsSync(state)) {
  say(`nothing to reset: ${state} is not there`);
} else if (!existsSync(join(state, 'secrets.json'))) {
  say(
    `${state} is not a state folder of Slipway (it has no secrets.json); nothing was removed`,
  );
  process.exitCode = 1;
} else {
  let yes = process.argv.includes('--yes');
  if (!yes) {
    const io = createInterface({
      input: process.stdin,
      output: process.stdout,
    });
    const answer = await io.question(
      `This removes ${state}: the database, both Git repositories and the sandbox clusters. Type "reset" to go on: `,
    );
    io.close();
    yes = answer.trim() === 'reset';
  }
  if (yes) {
    await rm(state, { recursive: true, force: true });
    say('done; the next "npm start" begins afresh');
  } else {
    say('nothing was removed');
  }
}
