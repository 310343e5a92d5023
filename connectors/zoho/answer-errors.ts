import { answerErrors } from '../../src/connector/http/answer-errors.ts';

export const { noAnswer, unexpected, unreadable } = answerErrors({
  title: 'Zoho',
  address: 'dataCentre',
  changed: 'report this message.',
});
