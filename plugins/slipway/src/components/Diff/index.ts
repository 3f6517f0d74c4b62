export { DiffLines, FileDiffView, type FileDiffProps } from './FileDiffView';
export { linesOfChange, linesOfPatch, type DiffLine } from './lines';
