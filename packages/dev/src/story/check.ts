import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check } from '../lib/checks.ts';
import { freePorts } from '../lib/freePorts.ts';
import { startPortal } from '../lib/portal.ts';
import { say } from '../lib/say.ts';
import { playScenes } from '../lib/scenes.ts';
import { launchBrowser } from './browser.ts';
import { Reader } from './Reader.ts';
import { STORY } from './story.ts';

/** The story of a service in a real browser over the embedded default, from an empty state folder. */
export function storyCheck(): Check {
  return {
    name: 'story in a browser (chromium, axe)',
    async run() {
      const state = await mkdtemp(join(tmpdir(), 'slipway-story-'));
      const [frontend, backend, first, second] = await freePorts(4);
      const portal = await startPortal({
        state,
        ports: { frontend, backend, sandbox: [first, second] },
      });
      let passed = 0;
      try {
        await portal.ready;
        await playScenes(portal, state);
        const browser = await launchBrowser();
        try {
          const reader = await Reader.create(browser, portal, state);
          for (const chapter of STORY) {
            const started = Date.now();
            try {
              await chapter.run(reader);
              passed += 1;
              say(
                `  ✔ ${chapter.name} (${((Date.now() - started) / 1000).toFixed(1)} s)`,
              );
            } catch (error) {
              say(`  ✖ ${chapter.name}`);
              process.stdout.write(`${(error as Error).stack}\n`);
              await reader.screenshot('failed');
              say(
                `    screenshot: ${reader.lastScreenshot}; log: ${portal.logFile}`,
              );
              // A chapter stands on the ones before it.
              return { passed, failed: STORY.length - passed };
            }
          }
        } finally {
          await browser.close();
        }
        return { passed, failed: 0 };
      } catch (error) {
        process.stdout.write(`${(error as Error).stack}\n`);
        return { passed, failed: STORY.length - passed };
      } finally {
        await portal.stop();
        if (passed === STORY.length)
          await rm(state, { recursive: true, force: true });
      }
    },
  };
}
