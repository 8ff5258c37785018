/** In a bundle, what takes in the examples of all rules (see rolldown.config.js); else each rule holds its own. */
export {};
