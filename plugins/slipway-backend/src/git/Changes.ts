import type { GitHost } from '@slipway/plugin-slipway-node';

/** The part of a {@link GitHost} that is about change requests. */
export interface Changes {
  open: GitHost['openChange'];
  get: GitHost['getChange'];
  list: GitHost['listChanges'];
  diff: GitHost['diffChange'];
  preview: GitHost['previewMerge'];
  merge: GitHost['mergeChange'];
  close: GitHost['closeChange'];
  listComments: GitHost['listComments'];
  addComment: GitHost['addComment'];
}
