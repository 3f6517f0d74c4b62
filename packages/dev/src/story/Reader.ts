import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { ClusterApi, type ClusterAnswer } from '../lib/clusterApi.ts';
import type { Portal } from '../lib/portal.ts';
import { run } from '../lib/run.ts';
import { Ci } from './Ci.ts';

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Dana',
  GIT_AUTHOR_EMAIL: 'dana@example.com',
  GIT_COMMITTER_NAME: 'Dana',
  GIT_COMMITTER_EMAIL: 'dana@example.com',
};

/** Backstage's frame fades from one theme to the other. */
const SHADE_MS = 400;

/** What the story looks at in a Kubernetes object. */
interface Answer {
  items?: Array<{ metadata: { uid: string } }>;
  spec?: {
    template?: { spec?: { containers?: Array<{ image?: string }> } };
  };
  status?: {
    sync?: { status?: string };
    health?: { status?: string };
    availableReplicas?: number;
  };
}

/** What a person does and sees; chapters of the story are told through it. */
export class Reader {
  lastScreenshot = '';

  static async create(
    browser: Browser,
    portal: Portal,
    state: string,
    /** What CI signs with. */
    secret: string,
  ): Promise<Reader> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    // The first page waits for its bundle on a machine that has other work, too.
    page.setDefaultNavigationTimeout(120_000);
    return new Reader(context, page, portal, state, new Ci(portal, secret));
  }

  readonly context: BrowserContext;
  readonly page: Page;
  readonly portal: Portal;
  readonly state: string;
  readonly ci: Ci;
  readonly #cluster: ClusterApi;
  readonly #hub: ClusterApi;

  private constructor(
    context: BrowserContext,
    page: Page,
    portal: Portal,
    state: string,
    ci: Ci,
  ) {
    this.context = context;
    this.page = page;
    this.portal = portal;
    this.state = state;
    this.ci = ci;
    this.#cluster = new ClusterApi(portal.platform.clusters[0]);
    this.#hub = new ClusterApi(portal.platform.hub);
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(this.portal.frontendUrl + path, {
      waitUntil: 'domcontentloaded',
    });
  }

  /** Signs in as one of the demo identities, whoever was signed in before. */
  async enterAs(title: string): Promise<void> {
    await this.goto('/');
    await this.page.evaluate(() => window.localStorage.clear());
    await this.goto('/catalog');
    await this.page
      .getByRole('button', { name: `Enter as ${title}` })
      .click({ timeout: 60_000 });
    await this.page.getByRole('link', { name: 'Slipway' }).first().waitFor();
  }

  async screenshot(name: string): Promise<void> {
    const folder = join(this.state, 'screenshots');
    await mkdir(folder, { recursive: true });
    this.lastScreenshot = join(folder, `${name}.png`);
    await this.page.screenshot({ path: this.lastScreenshot, fullPage: true });
  }

  /** Fails when axe finds something serious or critical in what Slipway draws, in the light and in the dark. */
  async accessible(include = 'main'): Promise<void> {
    // Backstage mounts the app anew with another theme, and a form that is being filled in would begin afresh.
    const themes =
      include === 'form' ? (['light'] as const) : (['light', 'dark'] as const);
    try {
      for (const theme of themes) {
        // The app follows the system as long as nobody has chosen a theme.
        await this.page.emulateMedia({
          colorScheme: theme,
          reducedMotion: 'reduce',
        });
        await this.page
          .locator(`body[data-theme-mode="${theme}"]`)
          .waitFor({ state: 'attached' });
        await this.page.waitForTimeout(SHADE_MS);
        await this.accessibleIn(theme, include);
      }
    } finally {
      await this.page.emulateMedia({ colorScheme: 'light' });
    }
  }

  private async accessibleIn(theme: string, include: string): Promise<void> {
    const result = await new AxeBuilder({ page: this.page })
      .include(include)
      .analyze();
    const bad = result.violations.filter(
      v => v.impact === 'serious' || v.impact === 'critical',
    );
    if (bad.length > 0) {
      throw new Error(
        `axe (${theme}): ${bad
          .map(
            v =>
              `${v.id} (${v.impact}): ${v.help}\n    ${v.nodes.map(n => n.html.slice(0, 200)).join('\n    ')}`,
          )
          .join('\n  ')}`,
      );
    }
  }

  /** A file of one of the state folder's repositories, as Git has it. */
  async gitFile(repository: string, path: string): Promise<string> {
    const result = await run(
      'git',
      [
        '-C',
        join(this.state, 'repositories', repository),
        'show',
        `main:${path}`,
      ],
      {
        quiet: true,
      },
    );
    if (result.code !== 0)
      throw new Error(`${repository} has no ${path}:\n${result.output}`);
    return result.output;
  }

  /** Paths below a folder of a repository. */
  async gitList(repository: string, folder: string): Promise<string[]> {
    const result = await run(
      'git',
      [
        '-C',
        join(this.state, 'repositories', repository),
        'ls-tree',
        '-r',
        '--name-only',
        'main',
        '--',
        folder,
      ],
      { quiet: true },
    );
    return result.output.split('\n').filter(Boolean);
  }

  /** Commits a change of one file to a repository's main, as somebody would who never opens the portal. */
  async editInGit(
    repository: string,
    path: string,
    edit: (text: string) => string | null,
  ): Promise<void> {
    const work = await mkdtemp(join(tmpdir(), 'slipway-edit-'));
    const git = async (...args: string[]) => {
      const result = await run('git', ['-C', work, ...args], {
        quiet: true,
        env: IDENTITY,
      });
      if (result.code !== 0)
        throw new Error(`git ${args[0]}: ${result.output}`);
    };
    try {
      await git(
        'clone',
        '-q',
        join(this.state, 'repositories', repository),
        '.',
      );
      const file = join(work, path);
      const text = edit(await readFile(file, 'utf8'));
      if (text === null) await rm(file);
      else await writeFile(file, text);
      await git('commit', '-q', '-a', '-m', `Edit ${path} by hand`);
      await git('push', '-q', 'origin', 'HEAD:main');
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }

  /** An object of the first cluster, asked over its API. */
  kubernetes(path: string): Promise<ClusterAnswer<Answer>> {
    return this.#cluster.get(path);
  }

  /** An Application of the first cluster, from where its Argo CD runs. */
  application(name: string): Promise<ClusterAnswer<Answer>> {
    return this.#hub.get(
      `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${name}`,
    );
  }

  /** The folder of the first cluster in the GitOps repository. */
  get clusterFolder(): string {
    return `clusters/${this.portal.platform.clusters[0].name}`;
  }

  /** What the portal's API answers a guest. */
  async api<T>(path: string): Promise<T> {
    const { backendUrl } = this.portal;
    const session = await fetch(`${backendUrl}/api/auth/guest/refresh`, {
      headers: { 'x-requested-with': 'XMLHttpRequest' },
    });
    const { backstageIdentity } = (await session.json()) as {
      backstageIdentity: { token: string };
    };
    const response = await fetch(`${backendUrl}/api/slipway/v1alpha1${path}`, {
      headers: { authorization: `Bearer ${backstageIdentity.token}` },
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return (await response.json()) as T;
  }

  /** Waits until something holds; fails with what was seen last. */
  async eventually<T>(
    what: string,
    probe: () => Promise<T | undefined | false>,
    seconds = 60,
  ): Promise<T> {
    const deadline = Date.now() + seconds * 1000;
    let last: unknown;
    while (Date.now() < deadline) {
      try {
        const value = await probe();
        if (value) return value;
        last = value;
      } catch (error) {
        last = error;
      }
      await new Promise(r => setTimeout(r, 500));
    }
    throw new Error(
      `${what}: not within ${seconds} s; last seen: ${last instanceof Error ? last.stack : last}`,
    );
  }
}
