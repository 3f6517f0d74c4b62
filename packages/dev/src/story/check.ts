import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check } from '../lib/checks.ts';
import { freePorts } from '../lib/freePorts.ts';
import { startGiteaHost } from '../lib/giteaHost.ts';
import { startPortal, type PortalOptions } from '../lib/portal.ts';
import { sandboxPlatform } from '../lib/sandboxPlatform.ts';
import { say } from '../lib/say.ts';
import { playScenes } from '../lib/scenes.ts';
import type { Tally } from '../lib/tally.ts';
import { startTestbedPlatform } from '../lib/testbedPlatform.ts';
import { launchBrowser } from './browser.ts';
import { Reader } from './Reader.ts';
import { hostChapters } from './hosts.ts';
import { STORY, type Chapter } from './story.ts';

/** The story of a service in a real browser over the embedded default, from an empty state folder. */
export function storyCheck(): Check {
  return {
    name: 'story in a browser (chromium, axe)',
    run: () =>
      inFolder(async state => {
        const [frontend, backend, first, second] = await freePorts(4);
        return tell(state, {
          ports: { frontend, backend, sandbox: [first, second] },
        });
      }),
  };
}

/** The same story over real API servers and the real Argo CD, which runs in another cluster than the environments. */
export function testbedStoryCheck(): Check {
  return {
    name: 'story in a browser, with the real Argo CD',
    run: () =>
      inFolder(async state => {
        const { platform, stop } = await startTestbedPlatform({
          state,
          clusters: 2,
          log: say,
        });
        try {
          const [frontend, backend] = await freePorts(2);
          return await tell(state, {
            ports: { frontend, backend },
            platform,
          });
        } finally {
          await stop();
        }
      }),
  };
}

/**
 * How teams work whose code lives at a Git host: with a real Gitea, over the sandbox, as the clusters are no part of it.
 */
export function hostsStoryCheck(): Check {
  return {
    name: 'story of a Git host in a browser, with a real Gitea',
    run: () =>
      inFolder(async state => {
        const host = await startGiteaHost({ state, log: say });
        try {
          const [frontend, backend, first, second] = await freePorts(4);
          const sandbox = await sandboxPlatform(state, [first, second]);
          return await tell(
            state,
            {
              ports: { frontend, backend, sandbox: [first, second] },
              platform: host.under(sandbox),
            },
            hostChapters(host),
          );
        } finally {
          await host.stop();
        }
      }),
  };
}

/** How far a story was told. */
interface Told {
  chapters: number;
  passed: number;
}

/** Keeps the folder, with its logs and screenshots, of a story that failed. */
async function inFolder(
  work: (state: string) => Promise<Told>,
): Promise<Tally> {
  const state = await mkdtemp(join(tmpdir(), 'slipway-story-'));
  // What can't even begin has failed.
  let told: Told = { chapters: 1, passed: 0 };
  try {
    told = await work(state);
  } catch (error) {
    process.stdout.write(`${(error as Error).stack}\n`);
  }
  const { chapters, passed } = told;
  if (passed === chapters) await rm(state, { recursive: true, force: true });
  return { passed, failed: chapters - passed };
}

/** Tells chapter after chapter, up to the first that fails. */
async function tell(
  state: string,
  options: Pick<PortalOptions, 'ports' | 'platform'>,
  story: Chapter[] = STORY,
): Promise<Told> {
  const chapters = story.length;
  const secret = randomBytes(24).toString('hex');
  const portal = await startPortal({
    ...options,
    state,
    extraConfig: {
      slipway: {
        revisions: {
          secrets: [
            {
              organization: 'shop',
              name: 'ci',
              // eslint-disable-next-line no-template-curly-in-string -- resolved by Backstage's config loader
              secret: '${SLIPWAY_STORY_SECRET}',
            },
          ],
        },
      },
    },
    extraEnv: { SLIPWAY_STORY_SECRET: secret },
  });
  try {
    await portal.ready;
    await playScenes(portal, state);
    const browser = await launchBrowser();
    try {
      const reader = await Reader.create(browser, portal, state, secret);
      for (const [index, chapter] of story.entries()) {
        const started = Date.now();
        try {
          await chapter.run(reader);
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
          return { chapters, passed: index };
        }
      }
    } finally {
      await browser.close();
    }
    return { chapters, passed: chapters };
  } finally {
    await portal.stop();
  }
}
