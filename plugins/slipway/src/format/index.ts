export { formatAge, formatTook } from './age';
export { money, moneyDelta } from './money';
export { count } from './words';
export { isDrifted, STANDINGS, standingOf, type Standing } from './standing';
export { conditionsOf } from './conditions';
export { folderUrl, webUrl } from './url';
