import type { ConnectionValues, EngineClient } from "../engine.ts";

/** The variables of AWS's own clients. Its command line has no session to open: it shows what tables there are. */
export function client({ endpoint = "", region = "", accessKeyId = "", secretAccessKey = "" }: ConnectionValues): EngineClient {
  return {
    prefix: "AWS_",
    variables: {
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    },
    // Older ones do not read the endpoint's variable.
    commands: [["aws", "dynamodb", "list-tables", "--endpoint-url", endpoint]],
  };
}
