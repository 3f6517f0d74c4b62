export { LogLines, type LogLine } from './LogLines';
