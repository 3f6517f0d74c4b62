import { useTranslationRef } from '@backstage/frontend-plugin-api';
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
import { slipwayTranslationRef } from '../translation';

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
 * An error below an input moves what is under it. Leaving an input by a click on "Next" must not move the button away
 * from under the pointer before the click is done.
 */
const AFTER_CLICK_MS = 250;

/**
 * What is wrong with the value at a path, once it may be told.
 *
 * @internal
 */
export function useProblem(
  path: Path,
  options: {
    /** Anything in the value counts. */
    deep?: boolean;
    /** The value is the first thing to fill in of this: when all of it is missing, it is told here. */
    firstOf?: Path;
  } = {},
): {
  error: string | undefined;
  /** Which problem it is, for a remedy that the input can offer. */
  code: string | undefined;
  onBlur: () => void;
} {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { problems, isTouched, touch } = useContext(Context);
  const text = formatPathOf(path);
  const whole = options.firstOf && formatPathOf(options.firstOf);
  const found = isTouched(text)
    ? problems.find(
        problem =>
          problem.path === text ||
          problem.path === whole ||
          (options.deep && problem.path.startsWith(`${text}[`)),
      )
    : undefined;
  return {
    error: found && problemLine(found, t),
    code: found?.code,
    onBlur: useCallback(() => {
      setTimeout(() => touch(text), AFTER_CLICK_MS);
    }, [touch, text]),
  };
}
