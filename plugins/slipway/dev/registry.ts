import type { FakeAnswers, FakeSignals } from './fake';
import type { StateName } from './states';

/** A press that opens something before the picture is taken: a drawer, a menu, a fold. */
export interface Press {
  role: 'button' | 'tab' | 'link' | 'checkbox' | 'menuitem' | 'treeitem';
  name: string;
}

/** A picture beside those of the seven states: an open drawer, a long list, a dialog. */
export interface Variant {
  draw?: () => JSX.Element;
  /** On top of the world in which all is there; a function where an answer depends on those before. */
  answers?: FakeAnswers | (() => FakeAnswers);
  /** Done in this order, once the view has come to rest. */
  press?: Press[];
  /** What the live connection has come to; without it the app has none. */
  signals?: FakeSignals;
}

/**
 * All stories of one view. A file `stories/<view>.tsx` that exports one as `stories` is all it takes: the playground
 * lists it, and the picture test draws it in every state, in both themes.
 */
export interface ViewStories {
  /** In paths and in the names of pictures: lower-case words with dashes, the same as the file's name. */
  view: string;
  /** Ids of the plugin's extensions that people meet through this view, as in `entity-card:slipway/sync`. */
  extensions?: string[];
  /** Pages are drawn as wide as a laptop shows them, cards half as wide. */
  width: 'page' | 'card';
  draw: (state: string) => JSX.Element;
  /** What differs from `answersIn(state)`. */
  answers?: Partial<Record<StateName, FakeAnswers>>;
  /** States that this view can't be in, each with the reason. */
  without?: Partial<Record<StateName, string>>;
  /** Further pictures, by name. */
  more?: Record<string, Variant>;
  /** Whether the state in which all is there is also drawn 400 pixels wide, and as it is printed. Pages are unless said. */
  narrow?: boolean;
  print?: boolean;
}

const files = import.meta.webpackContext('./stories', {
  recursive: false,
  regExp: /\.tsx$/,
});

/** Every view of the folder `stories`, by name. */
export const VIEWS: Record<string, ViewStories> = Object.fromEntries(
  files
    .keys()
    .map(key => (files(key) as { stories: ViewStories }).stories)
    .map(stories => [stories.view, stories]),
);
