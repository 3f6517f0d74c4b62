export { formatAge, formatTook } from './age';
export { money, moneyDelta } from './money';
export { count } from './words';
export { conditionsOf } from './conditions';
export { folderUrl, webUrl } from './url';
