/** How many cases that did not pass are open when their row is opened; a row can have dozens that say the same. */
export const OPEN_CASES = 3;
