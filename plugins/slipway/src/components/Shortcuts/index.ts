export { Shortcuts } from './Shortcuts';
export { useShortcuts, type Shortcut } from './useShortcuts';
