/**
 * What the library of the Model Context Protocol takes from Node.js, for the bundle: its validator of JSON schemas for Node.js
 * is four times the size of this one, and judges only the forms that a server asks its user to fill in.
 */

export { default as process } from 'node:process';
export { CfWorkerJsonSchemaValidator as DefaultJsonSchemaValidator } from '@modelcontextprotocol/server/validators/cf-worker';
