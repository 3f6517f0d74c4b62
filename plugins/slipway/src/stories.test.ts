import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import type { ViewStories } from '../dev/registry';
import { STATES } from '../dev/states';
import slipwayPlugin from './index';

const SOURCE = __dirname;
const STORIES = resolve(SOURCE, '../dev/stories');

const files = readdirSync(STORIES).filter(file => file.endsWith('.tsx'));
const views = files.map(file => ({
  file,
  text: readFileSync(join(STORIES, file), 'utf8'),
  // The bundler finds them by their folder; here there is none.
  stories: jest.requireActual<{ stories: ViewStories }>(join(STORIES, file))
    .stories,
}));

/** What the plugin gives to an app, by the ids that configuration uses. */
function extensionIds(): string[] {
  const { extensions } = slipwayPlugin as unknown as {
    extensions: Array<{ id: string }>;
  };
  return extensions.map(({ id }) => id);
}

const isSeen = (id: string) =>
  /^(entity-card|entity-content|sub-page|scaffolder-form-field):/.test(id);

/** The tabs of an environment are drawn by the page of it, each in stories of its own; the timeline is the first. */
const TAB = /^pages\/environments\/Environment(\w+)Tab$/;
const storyOfTab = (tab: string) =>
  tab === 'Timeline' ? 'environment' : `environment-${tab.toLowerCase()}`;

/** Modules that are a view by their name, as paths below src without ending. */
function viewModules(): string[] {
  return readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter(file =>
      /^(pages|entity)\/.*(Page|Card|Tab|Drawer)\.tsx$/.test(file),
    )
    .map(file => file.replace(/\.tsx$/, ''));
}

describe('the stories of the playground', () => {
  it.each(views)('$file is named like its view', ({ file, stories }) => {
    expect(stories.view).toBe(basename(file, '.tsx'));
  });

  it('cover every extension that a person sees', () => {
    const covered = new Set(
      views.flatMap(({ stories }) => stories.extensions ?? []),
    );
    expect(extensionIds().filter(isSeen).length).toBeGreaterThan(5);
    expect(extensionIds().filter(id => isSeen(id) && !covered.has(id))).toEqual(
      [],
    );
  });

  it('name no extension that the plugin does not have', () => {
    const known = new Set(extensionIds());
    expect(
      views
        .flatMap(({ stories }) => stories.extensions ?? [])
        .filter(id => !known.has(id)),
    ).toEqual([]);
  });

  it('draw every page, card, tab and drawer of the source', () => {
    const drawn = views.flatMap(({ text }) =>
      [...text.matchAll(/from '(\.\.\/\.\.\/src\/[^']+)'/g)].map(([, path]) =>
        relative(SOURCE, resolve(STORIES, path)),
      ),
    );
    expect(viewModules().length).toBeGreaterThan(5);
    const names = views.map(({ stories }) => stories.view);
    const isDrawn = (module: string) => {
      const [, tab] = TAB.exec(module) ?? [];
      return tab ? names.includes(storyOfTab(tab)) : drawn.includes(module);
    };
    expect(viewModules().filter(module => !isDrawn(module))).toEqual([]);
  });

  it('show each view in each state, or say why it has none', () => {
    for (const { stories } of views) {
      for (const [state, reason] of Object.entries(stories.without ?? {})) {
        expect(STATES).toContain(state);
        expect(`${stories.view} ${state}: ${reason}`).toMatch(/: .{20,}/);
      }
    }
  });
});
