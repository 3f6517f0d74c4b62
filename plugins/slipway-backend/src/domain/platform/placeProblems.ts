import {
  parseFile,
  ParsedDocument,
  Problem,
} from '@slipway/plugin-slipway-common';
import { locate, PlatformState } from './PlatformState';

/**
 * Gives problems that were found in what files say, and not in their text, the line and column at which the text says
 * it. Pure.
 */
export function placeProblems(
  state: PlatformState,
  problems: Problem[],
): Problem[] {
  const read = new Map<string, ParsedDocument | undefined>();
  const documentOf = (file: string) => {
    if (!read.has(file)) {
      const place = locate(file);
      const text =
        'problem' in place
          ? undefined
          : state.resource(place.kind, place.organization, place.name)?.text;
      read.set(
        file,
        text === undefined
          ? undefined
          : parseFile(text, { path: file }).documents[0],
      );
    }
    return read.get(file);
  };
  return problems.map(problem => {
    const document =
      problem.line === undefined && problem.file
        ? documentOf(problem.file)
        : undefined;
    return document
      ? { ...problem, ...document.locate(problem.segments) }
      : problem;
  });
}
