import { answerErrors } from '../../src/connector/http/answer-errors.ts';

export const { noAnswer, unexpected, unreadable } = answerErrors({
  title: 'HubSpot',
  address: 'baseUrl',
  changed: 'set apiVersion to a supported one, or report this message.',
});
