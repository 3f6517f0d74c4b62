export { applySourceSnapshot } from './applySourceSnapshot';
export { confirmHeldSnapshot } from './confirmHeldSnapshot';
export { leaseSource } from './leaseSource';
export { listSources } from './listSources';
export { markSourceRead } from './markSourceRead';
export { markSourceUnreadable } from './markSourceUnreadable';
export { registerSource } from './registerSource';
export { releaseSource } from './releaseSource';
