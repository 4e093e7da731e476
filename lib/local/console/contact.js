/** Whether the runtime answers: said aloud once when it falls silent, and once when it is there again. */
import { announce } from './dom.js';

let isLost = false;

export const keepContact = async (load) => {
  try {
    await load();
    if (isLost) announce('The runtime answers again.');
    isLost = false;
  } catch (error) {
    if (!isLost) announce(`The runtime does not answer (${error.message}). Is “npm start” still running?`);
    isLost = true;
  }
};
