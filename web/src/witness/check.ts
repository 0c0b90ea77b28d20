// What is loaded when the audit log is first compared, and not with the first page.
export { canCheck } from './crypto.ts';
export { checkHead, isOffer } from './head_check.ts';
