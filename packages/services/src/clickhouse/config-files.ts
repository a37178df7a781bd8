import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Credentials } from "../engine.ts";

const memoryLimitBytes = 3 * 2 ** 30;

function xml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The server's configuration. `directory` is the server's own; `users.xml` lies in it. */
export function configXml(directory: string): string {
  return `<clickhouse>
  <log-level>error</log-level>
  <timezone>UTC</timezone>
  <listen_host>127.0.0.1</listen_host>
  <max_server_memory_usage>${memoryLimitBytes}</max_server_memory_usage>
  <users_config>${xml(join(directory, "users.xml"))}</users_config>
  <!-- The engine makes its first database an overlay of files, unlike a server's: it gets a name that nobody uses. -->
  <default_database>_local</default_database>
  <!-- A system log exists only where the configuration names it. -->
  <query_log>
    <database>system</database>
    <table>query_log</table>
    <flush_interval_milliseconds>500</flush_interval_milliseconds>
    <engine>ENGINE = MergeTree ORDER BY event_time</engine>
  </query_log>
</clickhouse>
`;
}

/**
 * The server's users. The engine logs in as `default` without a password before it listens and stays logged in:
 * with one session allowed, nobody else can be `default`.
 * The settings are those in which the engine, a command line tool, differs from a server; and its files lie in memory or in the page cache, where
 * to hand each read to another thread costs more than the read: a sixth of the time of a query over a small table.
 */
export function usersXml({ credentials, database }: { credentials: Credentials; database: string }): string {
  const user = xml(credentials.user);
  return `<clickhouse>
  <profiles>
    <default>
      <implicit_select>0</implicit_select>
      <local_filesystem_read_method>pread</local_filesystem_read_method>
      <allow_introspection_functions>0</allow_introspection_functions>
    </default>
    <engine>
      <max_sessions_for_user>1</max_sessions_for_user>
    </engine>
  </profiles>
  <quotas><default/></quotas>
  <users>
    <default>
      <password></password>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>engine</profile>
      <quota>default</quota>
    </default>
    <${user}>
      <password_sha256_hex>${createHash("sha256").update(credentials.password).digest("hex")}</password_sha256_hex>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
      <default_database>${xml(database)}</default_database>
    </${user}>
  </users>
</clickhouse>
`;
}
