/**
 * What starts a function in an image for AWS Lambda that is not made from one of Amazon's own.
 *
 * Source: AWS Lambda Developer Guide, "Create a Lambda function using a container image", the pages of each language.
 */
export const runtimeInterfaceClients: ReadonlySet<string> = new Set([
  'aws-lambda-ric',
  'awslambdaric',
  'aws_lambda_ric',
  'lambda-entrypoint.sh',
  'aws-lambda-rie',
]);
