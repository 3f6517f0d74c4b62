import { useEffect, useRef, useState } from 'react';

/** A key of a page and what it does. @internal */
export interface Shortcut {
  /** As `KeyboardEvent.key` names it: `t`, `?`, `[`. */
  keys: string;
  label: string;
  run: () => void;
}

const STORED = 'slipway.shortcuts';

const isOn = (): boolean => localStorage.getItem(STORED) !== 'off';

/** Whether a key belongs to what is focused: a field that is typed into, or a dialog that is open. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  return (
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    target?.isContentEditable === true ||
    target?.closest(
      'input, textarea, select, [role=dialog], [role=menu], [role=textbox]',
    ) !== null
  );
}

/**
 * Single keys of a page. They can be switched off, as somebody who speaks to the computer would press them by accident.
 *
 * @internal
 */
export function useShortcuts(shortcuts: Shortcut[]): {
  on: boolean;
  setOn: (on: boolean) => void;
} {
  const [on, setState] = useState(isOn);
  // The newest list without a new listener at each draw.
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    if (!on) {
      return undefined;
    }
    const press = (event: KeyboardEvent) => {
      const found = isTaken(event)
        ? undefined
        : latest.current.find(({ keys }) => keys === event.key);
      if (found) {
        event.preventDefault();
        found.run();
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [on]);
  return {
    on,
    setOn: next => {
      localStorage.setItem(STORED, next ? 'on' : 'off');
      setState(next);
    },
  };
}
