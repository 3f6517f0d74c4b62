/** The parts of an environment's page, in their order. @internal */
export const TABS = [
  'timeline',
  'resources',
  'drift',
  'plan',
  'pipelines',
  'cost',
  'settings',
] as const;

/** @internal */
export type TabName = (typeof TABS)[number];

/** The part that an address names; the timeline where it names none. @internal */
export const tabOf = (value: string): TabName =>
  TABS.find(name => name === value) ?? 'timeline';

/** The key of each part; a letter of its name. @internal */
export const TAB_KEYS: Record<TabName, string> = {
  timeline: 't',
  resources: 'r',
  drift: 'd',
  plan: 'p',
  pipelines: 'i',
  cost: 'c',
  settings: 's',
};
