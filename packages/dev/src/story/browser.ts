import { existsSync } from 'node:fs';
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
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    headless: true,
    args: [...packaged.args, ...QUIET, ...SAME_EVERYWHERE],
  });
}
