/** Names that Docker Hub gives without an owner: Docker's official images, retired ones too (docker-library/official-images, `library/`). */
const names =
  'adminer aerospike almalinux alpine alt amazoncorretto amazonlinux api-firewall arangodb archlinux backdrop bash ' +
  'bonita buildpack-deps busybox caddy cassandra chronograf cirros clearlinux clefos clojure composer convertigo ' +
  'couchbase couchdb crate crux dart debian docker drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch ' +
  'elixir emqx erlang euleros express-gateway fedora flink fluentd friendica fsharp gazebo gcc geonetwork ghost ' +
  'golang gradle groovy haproxy haskell haxe hello-seattle hello-world hitch hola-mundo httpd hylang ' +
  'ibm-semeru-runtimes influxdb irssi jetty jobber joomla jruby julia kaazing-gateway kapacitor kibana kong krakend ' +
  'lightstreamer liquibase logstash mageia mariadb matomo maven mediawiki memcached mongo mongo-express monica mono ' +
  'mysql nats nats-streaming neo4j neurodebian nextcloud nginx node notary nuxeo odoo open-liberty openjdk opensuse ' +
  'oraclelinux orientdb percona perl photon php php-zendserver phpmyadmin plone postfixadmin postgres pypy python ' +
  'r-base rabbitmq rails rakudo-star rapidoid redis redmine registry rethinkdb rockylinux ros ruby rust sapmachine ' +
  'satosa scratch sentry silverpeas sl solr sonarqube sourcemage spark spiped storm swarm swift swipl teamspeak ' +
  'telegraf thrift tomcat tomee traefik ubuntu ubuntu-debootstrap ubuntu-upstart unit varnish vault ' +
  'websphere-liberty wordpress xwiki yourls znc zookeeper';

const officialImages: ReadonlySet<string> = new Set(names.split(' '));

export const isOfficialImage = (name: string): boolean => officialImages.has(name.toLowerCase());
