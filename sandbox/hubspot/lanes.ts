/** Which of HubSpot's rate limits a call counts against (README 26). */
const lanes = ['general', 'search', 'associations', 'unlimited'] as const;
export type Lane = (typeof lanes)[number];
