import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import packaged from '@sparticuz/chromium';

const SYSTEM = '/usr/bin/chromium';

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Letters are drawn the same whatever the machine's screen and settings are. */
const SAME_EVERYWHERE = [
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--disable-font-subpixel-positioning',
  '--force-color-profile=srgb',
  '--force-device-scale-factor=1',
  '--hide-scrollbars',
];

/** Chromium without a window: the system's, else the one that comes as a package. */
export async function launchBrowser(): Promise<Browser> {
  return existsSync(SYSTEM)
    ? chromium.launch({ executablePath: SYSTEM, headless: true, args: QUIET })
    : launchPackagedBrowser();
}

/** The Chromium of the lock file, for what has to look the same on every machine. */
export async function launchPackagedBrowser(): Promise<Browser> {
  const executablePath = await packaged.executablePath();
  return chromium.launch({
    executablePath,
    headless: true,
    // The fonts that come with it, instead of those that a machine happens to have.
    env: { ...process.env, FONTCONFIG_PATH: join(tmpdir(), 'fonts') },
    args: [...packaged.args, ...QUIET, ...SAME_EVERYWHERE],
  });
}
