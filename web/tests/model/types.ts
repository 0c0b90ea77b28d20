export type { Message } from '../../src/wire/catalogue.ts'; export type { MethodName } from '../../src/model/turn.ts';
