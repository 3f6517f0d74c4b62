import type { Problem } from '@slipway/plugin-slipway-common';
import {
  createContext,
  useCallback,
  useContext,
  useMemo,
  useState,
  type ReactNode,
} from 'react';
import { formatPathOf, problemLine, type Path } from '../form';

interface Told {
  problems: Problem[];
  isTouched: (path: string) => boolean;
  touch: (path: string) => void;
}

const Context = createContext<Told>({
  problems: [],
  isTouched: () => false,
  touch: () => {},
});

/**
 * Hands the inputs of a field what is wrong with each of them. A person isn't told about an input before they have left
 * it once, or have tried to go on.
 *
 * @internal
 */
export function ProblemProvider(props: {
  problems: Problem[];
  /** After "Next" was refused everything is told. */
  all: boolean;
  children: ReactNode;
}) {
  const { problems, all, children } = props;
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const touch = useCallback(
    (path: string) =>
      setTouched(current =>
        current.has(path) ? current : new Set([...current, path]),
      ),
    [],
  );
  const value = useMemo(
    () => ({
      problems,
      isTouched: (path: string) => all || touched.has(path),
      touch,
    }),
    [problems, all, touched, touch],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/**
 * What is wrong with the value at a path (exactly, or `deep` with anything in it), once it may be told.
 *
 * @internal
 */
export function useProblem(
  path: Path,
  deep = false,
): { error: string | undefined; onBlur: () => void } {
  const { problems, isTouched, touch } = useContext(Context);
  const text = formatPathOf(path);
  const found = isTouched(text)
    ? problems.find(problem =>
        deep
          ? problem.path === text || problem.path.startsWith(`${text}[`)
          : problem.path === text,
      )
    : undefined;
  return {
    error: found && problemLine(found),
    onBlur: useCallback(() => touch(text), [touch, text]),
  };
}
