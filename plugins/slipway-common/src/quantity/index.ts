export {
  addQuantities,
  compareQuantities,
  formatQuantity,
  isQuantity,
  multiplyQuantity,
  parseQuantity,
  quantityToNumber,
  subtractQuantity,
  ZERO_QUANTITY,
  type Quantity,
  type QuantityFormat,
} from './quantity';
export {
  durationToMilliseconds,
  formatDuration,
  parseDuration,
} from './duration';
export { addMoney, compareMoney, formatMoney, scaleMoney } from './money';
