import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Check } from '../lib/checks.ts';
import { ROOT, stateDirectory } from '../lib/paths.ts';
import { say } from '../lib/say.ts';
import type { Tally } from '../lib/tally.ts';
import { launchPackagedBrowser } from '../story/browser.ts';
import {
  BASELINES,
  listBaselines,
  MOST_BYTES,
  readBaseline,
  removeBaseline,
  writePicture,
} from './baselines.ts';
import { buildApp } from './bundle.ts';
import { compare } from './compare.ts';
import { toPalette } from './palette.ts';
import { picturesOf, type Picture } from './plan.ts';
import { serve } from './serve.ts';
import { Studio } from './Studio.ts';

/** Pages that take pictures beside each other. */
const STUDIOS = 2;

/** A picture that differs is taken again: a slow machine may not have come to rest. */
const TRIES = 3;

const PLAYGROUND = join(ROOT, 'plugins/slipway/dev');

/**
 * A picture of every story of the plugin's playground in both themes, some also narrow and on paper, compared with those
 * in the repository; axe looks at each.
 *
 * @param update - take the new pictures for the right ones
 * @param only - views to take, all if empty
 */
export function picturesCheck(
  options: { update?: boolean; only?: string[] } = {},
): Check {
  return {
    name: 'pictures of every view in every state (chromium, axe)',
    async run() {
      const built = await mkdtemp(join(tmpdir(), 'slipway-pictures-'));
      try {
        await buildApp({
          entry: join(PLAYGROUND, 'index.tsx'),
          output: built,
          config: parse(
            await readFile(join(PLAYGROUND, 'app-config.yaml'), 'utf8'),
          ) as object,
        });
        return await takeAll(built, options);
      } catch (error) {
        process.stdout.write(`${(error as Error).stack}\n`);
        return { passed: 0, failed: 1 };
      } finally {
        await rm(built, { recursive: true, force: true });
      }
    },
  };
}

async function takeAll(
  built: string,
  options: { update?: boolean; only?: string[] },
): Promise<Tally> {
  const server = await serve(built);
  const browser = await launchPackagedBrowser();
  const results = join(stateDirectory(), 'pictures');
  await rm(results, { recursive: true, force: true });
  try {
    const studios = await Promise.all(
      Array.from({ length: STUDIOS }, () => Studio.open(browser, server.url)),
    );
    const only = options.only ?? [];
    const all = picturesOf(await studios[0].list());
    const pictures = all.filter(
      ({ view }) => only.length === 0 || only.includes(view),
    );
    const queue = [...pictures];
    const failures: string[] = [];
    await Promise.all(
      studios.map(async studio => {
        for (
          let picture = queue.shift();
          picture !== undefined;
          picture = queue.shift()
        ) {
          const wrong = await judge(studio, picture, results, options.update);
          if (wrong.length === 0) continue;
          failures.push(picture.file);
          say(`  ✖ ${picture.file}\n      ${wrong.join('\n      ')}`);
        }
      }),
    );
    const rest =
      only.length === 0 ? await tidy(all, options.update === true) : [];
    for (const line of rest) say(`  ✖ ${line}`);
    if (failures.length + rest.length > 0)
      say(
        '  a change that is meant: look at the pictures, then "npm test pictures -- --update"',
      );
    return {
      // The size of all of them is one more thing that is proven.
      passed: pictures.length - failures.length + (rest.length === 0 ? 1 : 0),
      failed: failures.length + rest.length,
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** What is wrong with one picture; nothing if it is as it was. */
async function judge(
  studio: Studio,
  picture: Picture,
  results: string,
  update = false,
): Promise<string[]> {
  const wrong: string[] = [];
  try {
    await showAgain(studio, picture);
    const wanted = await readBaseline(picture.file);
    let found = toPalette(await studio.take());
    let difference = wanted && compare(wanted, found);
    for (let tries = 1; difference?.why && tries < TRIES; tries += 1) {
      await new Promise(done => setTimeout(done, 200 * tries));
      await studio.rest();
      found = toPalette(await studio.take());
      difference = compare(wanted!, found);
    }
    if (update) {
      // One that is the same but for noise stays as it is, so that a refresh changes what has changed.
      if (!difference || difference.why)
        await writePicture(BASELINES, picture.file, found);
    } else if (!wanted) {
      const path = await writePicture(results, picture.file, found);
      wrong.push(
        `there is no picture to compare with yet; it looks like ${path}`,
      );
    } else if (difference?.why) {
      const stem = picture.file.replace(/\.png$/, '');
      const now = await writePicture(results, picture.file, found);
      const diff = await writePicture(
        results,
        `${stem}.difference.png`,
        difference.picture!,
      );
      wrong.push(`${difference.why}: now ${now}, difference ${diff}`);
    }
    if (picture.medium === 'narrow') {
      const pixels = await studio.overflow();
      if (pixels > 0) wrong.push(`the page is ${pixels} pixels too wide`);
    }
    if (picture.medium === 'screen')
      wrong.push(...(await studio.accessibility()));
    wrong.push(...studio.errors.map(message => `the page threw: ${message}`));
  } catch (error) {
    wrong.push(`could not be taken: ${(error as Error).message}`);
  }
  return wrong;
}

/** Shows a story; once more on a fresh page if the one before it left something behind. */
async function showAgain(studio: Studio, picture: Picture): Promise<void> {
  try {
    await studio.show(picture);
  } catch {
    await studio.enter();
    await studio.show(picture);
  }
}

/** Baselines that no story draws any more, and whether all of them are too large together. */
async function tidy(all: Picture[], update: boolean): Promise<string[]> {
  const drawn = new Set(all.map(({ file }) => file));
  const { files, bytes } = await listBaselines();
  const stray = files.filter(file => !drawn.has(file));
  if (update) await Promise.all(stray.map(removeBaseline));
  say(
    `  ${all.length} pictures, ${(bytes / 1024 / 1024).toFixed(1)} MiB in the repository`,
  );
  return [
    ...(update
      ? []
      : stray.map(file => `${file} belongs to no story: remove it`)),
    ...(bytes > MOST_BYTES
      ? [
          `all pictures together are ${bytes} bytes, more than ${MOST_BYTES}: crop a story, or leave a variant out`,
        ]
      : []),
  ];
}
