/** Until when servers and tools that images are named after are supported. Days that had not been told yet are left out. */
import { type SupportTable, supportTable } from './support-table.ts';

/** Odd releases end with the next odd one, even ones with the next even one, each in spring. */
export const nginxSupport = supportTable(
  'nginx',
  'https://nginx.org/en/CHANGES',
  '1.8=2016-04-26 1.9=2016-05-31 1.10=2017-04-12 1.11=2017-04-25 1.12=2018-04-17 1.13=2018-06-05 1.14=2019-04-23 ' +
    '1.15=2019-05-21 1.16=2020-04-21 1.17=2020-05-26 1.18=2021-04-20 1.19=2021-05-25 1.20=2022-05-24 ' +
    '1.21=2022-06-21 1.22=2023-04-11 1.23=2023-05-23 1.24=2024-04-23 1.25=2024-05-28 1.26=2025-04-23 ' +
    '1.27=2025-06-24 1.28=2026-04-14 1.29=2026-05-13 1.30 1.31',
);

export const postgresSupport = supportTable(
  'PostgreSQL',
  'https://www.postgresql.org/support/versioning/',
  '9.0=2015-10-08 9.1=2016-10-27 9.2=2017-11-09 9.3=2018-11-08 9.4=2020-02-13 9.5=2021-02-11 9.6=2021-11-11 ' +
    '10=2022-11-10 11=2023-11-09 12=2024-11-21 13=2025-11-13 14=2026-11-12 15=2027-11-11 16=2028-11-09 ' +
    '17=2029-11-08 18=2030-11-14',
);

export const mysqlSupport = supportTable(
  'MySQL',
  'https://www.oracle.com/us/support/library/lifetime-support-technology-069183.pdf',
  '5.5=2018-12-31 5.6=2021-02-28 5.7=2023-10-31 8.0=2026-04-30 8.1=2023-10-25 8.2=2024-01-16 8.3=2024-04-30 ' +
    '8.4=2032-04-30 9.0=2024-10-15 9.1=2025-01-21 9.2=2025-04-15 9.3=2025-07-22 9.4=2025-10-21 9.5=2026-01-20 9.6 9.7',
);

export const mariadbSupport = supportTable(
  'MariaDB',
  'https://mariadb.org/about/#maintenance-policy',
  '5.5=2020-04-11 10.0=2019-03-31 10.1=2020-10-17 10.2=2022-05-23 10.3=2023-05-25 10.4=2024-06-18 ' +
    '10.5=2025-06-24 10.6=2026-07-06 10.7=2023-02-14 10.8=2023-05-20 10.9=2023-08-22 10.10=2023-11-17 ' +
    '10.11=2028-02-16 11.0=2024-06-06 11.1=2024-08-21 11.2=2024-11-21 11.3=2024-05-29 11.4=2029-05-29 ' +
    '11.5=2024-11-21 11.6=2025-02-13 11.7=2025-06-04 11.8=2028-06-04 12.0 12.1 12.2 12.3',
);

export const redisSupport = supportTable(
  'Redis',
  'https://redis.io/docs/latest/operate/oss_and_stack/install/version-mgmt/',
  '2.8=2017-07-14 3.0=2018-10-17 3.2=2020-04-30 4.0=2020-04-30 5.0=2022-04-27 6.0=2022-05-31 6.2=2027-04-01 ' +
    '7.0=2024-07-29 7.2=2029-12-01 7.4=2029-12-01 8.0=2026-12-01 8.2=2030-09-01 8.4 8.6 8.8',
);

/** Releases between these are for MongoDB's own service. */
export const mongoSupport = supportTable(
  'MongoDB',
  'https://www.mongodb.com/legal/support-policy/lifecycles',
  '2.6=2016-10-31 3.0=2018-02-28 3.2=2018-09-30 3.4=2020-01-31 3.6=2021-04-30 4.0=2022-04-30 4.2=2023-04-30 ' +
    '4.4=2024-02-29 5.0=2024-10-31 6.0=2025-07-31 7.0=2027-08-31 8.0=2029-10-31 8.2',
);

export const tomcatSupport = supportTable(
  'Tomcat',
  'https://tomcat.apache.org/whichversion.html',
  '6.0=2016-12-31 7.0=2021-03-31 8.0=2018-06-30 8.5=2024-03-31 9.0=2027-03-31 10.0=2022-10-31 10.1 11.0',
);

export const haproxySupport = supportTable(
  'HAProxy',
  'https://www.haproxy.org/',
  '1.5=2020-01-10 1.6=2020-04-20 1.7=2021-06-15 1.8=2022-11-30 1.9=2020-12-18 2.0=2024-04-15 2.1=2021-06-15 ' +
    '2.2=2025-04-30 2.3=2022-05-05 2.4=2026-06-30 2.5=2023-06-30 2.6=2027-06-30 2.7=2024-03-31 2.8=2028-06-30 ' +
    '2.9=2025-03-31 3.0=2029-06-30 3.1=2026-03-31 3.2=2030-06-30 3.3 3.4',
);

/** Packagist takes no new versions for it any longer. */
export const composerSupport = supportTable(
  'Composer',
  'https://blog.packagist.com/shutting-down-packagist-org-support-for-composer-1-x/',
  '1=2025-09-01 2',
);

/** The host in whose image functions run. */
export const azureFunctionsSupport = supportTable(
  'Azure Functions',
  'https://learn.microsoft.com/en-us/azure/azure-functions/functions-versions',
  '1.0=2026-09-14 2.0=2022-12-13 3.0=2022-12-13 4',
);

/** Images that nobody builds any longer, whatever their tags say. */
export const retiredImages: ReadonlyMap<string, SupportTable> = new Map([
  ['java', retired('java', 'https://hub.docker.com/_/java', '2016-12-31', 'eclipse-temurin')],
  ['iojs', retired('iojs', 'https://hub.docker.com/_/iojs', '2015-12-31', 'node')],
  ['rails', retired('rails', 'https://hub.docker.com/_/rails', '2016-12-31', 'ruby')],
  ['django', retired('django', 'https://hub.docker.com/_/django', '2016-12-31', 'python')],
  ['adoptopenjdk', retired('adoptopenjdk', 'https://hub.docker.com/_/adoptopenjdk', '2021-08-01', 'eclipse-temurin')],
]);

function retired(name: string, source: string, ends: string, successor: string): SupportTable {
  return supportTable(`Docker image ${name}`, source, `*=${ends}`, successor);
}
