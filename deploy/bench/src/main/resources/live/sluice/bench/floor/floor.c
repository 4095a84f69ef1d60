/*
 * The floor: what the kernel alone takes to bring a stream's bytes to many sockets. One thread and one epoll; the tags of
 * an FLV file go into a ring of bytes, timestamps going on from turn to turn, and every window each socket gets what
 * came due by one writev out of that ring. Nothing is parsed, queued or copied per player: a server can hardly do less.
 *
 *   floor FILE PORT WINDOW_MS [SECONDS]     window 0: each tag at its time; no seconds: until it is stopped
 *
 * Where the file tells when its tags arrived (in the stream id: ms after the first, plus 1), those that came together are
 * sent together, and at that time; else each is sent on its own, by its timestamp.
 *
 * Says "listening on PORT" once it does, and at its end one line of JSON about what it did.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { TAG_HEADER = 11, AUDIO = 8, VIDEO = 9, SCRIPT = 18, MOST_EVENTS = 512, MOST_OPENING = 1 << 16 };
#define RING ((uint64_t) 1 << 25) /* 32 MiB: a socket that is further behind is given up */

static const char HEAD[] = "HTTP/1.1 200 OK\r\nContent-Type: video/x-flv\r\nCache-Control: no-cache\r\n"
                           "Access-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n"
                           "FLV\x01\x05\0\0\0\x09\0\0\0";

/* due: when it is sent, in ms after the first; ms: its timestamp after that of the first */
struct tag { const uint8_t *bytes; uint32_t size, clock; int64_t due, ms; bool keyframe; };
struct client { int fd; size_t index; uint64_t at; int ends; bool playing, waits_for_room; };

/* Before the publisher's clock in a picture stands this; the clock is 16 hexadecimal digits: ns since 1970. */
static const uint8_t CLOCK_MARK[16] = {0x53, 0x6c, 0x75, 0x69, 0x63, 0x65, 0x4b, 0x6c,
                                       0x8b, 0x65, 0x6e, 0x63, 0x68, 0x43, 0x6c, 0x6b};
enum { CLOCK_DIGITS = 16, CLOCK_WITHIN = 160 };

static struct tag *tags;
static size_t tag_count;
static int64_t turn_ms; /* what one turn through the file lasts */
static bool together;   /* what is due at one time goes in one write */
static uint8_t opening[MOST_OPENING];
static size_t opening_size;

static uint8_t *ring;
static uint64_t head, keyframe_at; /* in bytes since the start */
static int64_t last_ms, keyframe_ms, start_nanos;

static struct client **clients;
static size_t client_count, client_room, most_clients;
static int epoll_fd;
static uint64_t writes, bytes_sent, short_writes, given_up;
static volatile sig_atomic_t stopping;

static void stop(int signal_number) { (void) signal_number; stopping = 1; }

static void die(const char *what) {
  fprintf(stderr, "floor: %s: %s\n", what, errno ? strerror(errno) : "not what is wanted");
  exit(1);
}

static int64_t now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

static void stamp(uint8_t *tag, int64_t ms) {
  tag[4] = (uint8_t) (ms >> 16);
  tag[5] = (uint8_t) (ms >> 8);
  tag[6] = (uint8_t) ms;
  tag[7] = (uint8_t) (ms >> 24);
}

/* True for what a player needs before all else: onMetaData and the codecs' own headers, plain and enhanced. */
static bool is_opening(const uint8_t *tag, uint32_t size) {
  const uint8_t *body = tag + TAG_HEADER;
  switch (tag[0]) {
    case SCRIPT: return size > 13 && memcmp(body, "\x02\0\x0aonMetaData", 13) == 0;
    case VIDEO: return size > 1 && ((body[0] & 0x80) ? (body[0] & 0x0f) == 0 : (body[0] & 0x0f) == 7 && body[1] == 0);
    case AUDIO: return size > 1 && ((body[0] >> 4) == 9 ? (body[0] & 0x0f) == 0 : (body[0] >> 4) == 10 && body[1] == 0);
    default: return false;
  }
}

/* Where in a tag the publisher's clock stands; 0: nowhere. */
static uint32_t clock_of(const uint8_t *tag, uint32_t whole) {
  const uint8_t *mark = memmem(tag, whole < CLOCK_WITHIN ? whole : CLOCK_WITHIN, CLOCK_MARK, sizeof CLOCK_MARK);
  uint32_t at = mark ? (uint32_t) (mark - tag) + (uint32_t) sizeof CLOCK_MARK : 0;
  return at + CLOCK_DIGITS <= whole ? at : 0;
}

static void load(const char *name) {
  int fd = open(name, O_RDONLY | O_CLOEXEC);
  struct stat about;
  if (fd < 0 || fstat(fd, &about) < 0) die(name);
  size_t size = (size_t) about.st_size, at = 13, room = 0;
  uint8_t *file = malloc(size + 1);
  for (size_t got = 0; got < size;) {
    ssize_t n = read(fd, file + got, size - got);
    if (n <= 0) die(name);
    got += (size_t) n;
  }
  close(fd);
  errno = 0;
  if (size < at || memcmp(file, "FLV", 3) != 0) die(name);
  while (at + TAG_HEADER + 4 <= size) {
    uint8_t *tag = file + at;
    uint32_t body = (uint32_t) tag[1] << 16 | (uint32_t) tag[2] << 8 | tag[3];
    uint32_t whole = TAG_HEADER + body + 4;
    if (at + whole > size) break;
    at += whole;
    if (is_opening(tag, body)) {
      /* Those that come again within the file are the same. */
      if (tag_count == 0 && opening_size + whole <= MOST_OPENING) {
        memcpy(opening + opening_size, tag, whole);
        opening_size += whole;
      }
      continue;
    }
    if (tag_count == room) {
      room = room ? room * 2 : 1024;
      tags = realloc(tags, room * sizeof *tags);
      if (!tags) die("memory");
    }
    int64_t ms = (int64_t) ((uint32_t) tag[7] << 24 | (uint32_t) tag[4] << 16 | (uint32_t) tag[5] << 8 | tag[6]);
    int64_t arrival = (int64_t) ((uint32_t) tag[8] << 16 | (uint32_t) tag[9] << 8 | tag[10]);
    tag[8] = tag[9] = tag[10] = 0;
    bool keyframe = tag[0] == VIDEO && body > 0 && ((tag[TAG_HEADER] >> 4) & 7) == 1;
    tags[tag_count++] = (struct tag) {tag, whole, tag[0] == VIDEO ? clock_of(tag, whole) : 0, arrival - 1, ms, keyframe};
  }
  if (tag_count < 2) die(name);
  int64_t first = tags[0].ms, last = first, latest = 0;
  for (size_t i = 0; i < tag_count; i++) {
    if (tags[i].ms > last) last = tags[i].ms;
    tags[i].ms -= first;
  }
  turn_ms = last - first + (last - first) / (int64_t) (tag_count - 1) + 1;
  if (turn_ms < 100) die(name);
  for (size_t i = 0; i < tag_count; i++) {
    /* Never back and within the turn, so that one comparison says what is due. */
    if (tags[i].due < 0) tags[i].due = tags[i].ms;
    else together = true;
    if (tags[i].due >= turn_ms) tags[i].due = turn_ms - 1;
    if (tags[i].due < latest) tags[i].due = latest;
    latest = tags[i].due;
  }
}

static void put(const uint8_t *from, uint32_t size) {
  uint64_t at = head & (RING - 1), first = size < RING - at ? size : RING - at;
  memcpy(ring + at, from, first);
  memcpy(ring, from + first, size - first);
  head += size;
}

static void append(const struct tag *tag, int64_t turn_start) {
  int64_t ms = turn_start + tag->ms, due = turn_start + tag->due;
  uint8_t start[TAG_HEADER];
  memcpy(start, tag->bytes, TAG_HEADER);
  stamp(start, ms);
  if (tag->keyframe) {
    keyframe_at = head;
    keyframe_ms = ms;
  }
  put(start, TAG_HEADER);
  uint32_t at = TAG_HEADER;
  if (tag->clock) {
    /* As if it had been published when it was due. */
    char digits[CLOCK_DIGITS + 1];
    snprintf(digits, sizeof digits, "%016" PRIx64, (uint64_t) (start_nanos + due * 1000000));
    put(tag->bytes + at, tag->clock - at);
    put((const uint8_t *) digits, CLOCK_DIGITS);
    at = tag->clock + CLOCK_DIGITS;
  }
  put(tag->bytes + at, tag->size - at);
  last_ms = ms;
}

static void end(struct client *client) {
  clients[client->index] = clients[--client_count];
  clients[client->index]->index = client->index;
  close(client->fd);
  free(client);
}

static void want(struct client *client, bool room) {
  struct epoll_event event = {.events = room ? EPOLLIN | EPOLLOUT : EPOLLIN, .data.ptr = client};
  epoll_ctl(epoll_fd, EPOLL_CTL_MOD, client->fd, &event);
  client->waits_for_room = room;
}

/* Sends what the socket takes; false when it was ended. */
static bool push(struct client *client) {
  uint64_t left = head - client->at, at = client->at & (RING - 1);
  if (left == 0) return true;
  if (left > RING) {
    given_up++;
    end(client);
    return false;
  }
  uint64_t first = left < RING - at ? left : RING - at;
  struct iovec parts[2] = {{ring + at, first}, {ring, left - first}};
  ssize_t n = writev(client->fd, parts, left > first ? 2 : 1);
  if (n < 0 && errno != EAGAIN && errno != EINTR) {
    end(client);
    return false;
  }
  writes++;
  if (n > 0) {
    client->at += (uint64_t) n;
    bytes_sent += (uint64_t) n;
  }
  bool short_of_room = client->at != head;
  if (short_of_room) short_writes++;
  if (short_of_room != client->waits_for_room) want(client, short_of_room);
  return true;
}

static void push_all(void) {
  /* From the end: one that is ended has its place taken by one that has been served. */
  for (size_t i = client_count; i-- > 0;) {
    if (clients[i]->playing && !clients[i]->waits_for_room) push(clients[i]);
  }
}

static void begin(struct client *client) {
  uint8_t bytes[sizeof HEAD + MOST_OPENING];
  /* As servers do: from the last keyframe. */
  bool joins_at_keyframe = head - keyframe_at < RING / 2;
  memcpy(bytes, HEAD, sizeof HEAD); /* its last byte, 0, ends the field that is 4 bytes of 0 */
  memcpy(bytes + sizeof HEAD, opening, opening_size);
  for (size_t at = sizeof HEAD; at < sizeof HEAD + opening_size;) {
    uint8_t *tag = bytes + at;
    stamp(tag, joins_at_keyframe ? keyframe_ms : last_ms);
    at += TAG_HEADER + ((size_t) tag[1] << 16 | (size_t) tag[2] << 8 | tag[3]) + 4;
  }
  size_t size = sizeof HEAD + opening_size;
  if (write(client->fd, bytes, size) != (ssize_t) size) {
    end(client); /* a new socket takes a few kB, or something is wrong with it */
    return;
  }
  bytes_sent += size;
  client->playing = true;
  client->at = joins_at_keyframe ? keyframe_at : head;
  push(client);
}

static void receive(struct client *client) {
  char bytes[4096];
  ssize_t n = read(client->fd, bytes, sizeof bytes);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n <= 0) {
    end(client);
    return;
  }
  for (ssize_t i = 0; i < n && !client->playing; i++) {
    /* Two ends of line in a row end the request. */
    client->ends = bytes[i] == '\n' ? client->ends + 1 : bytes[i] == '\r' ? client->ends : 0;
    if (client->ends == 2) {
      begin(client);
      return;
    }
  }
}

static void take(int listener) {
  for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (client_count == client_room) {
      client_room = client_room ? client_room * 2 : 1024;
      clients = realloc(clients, client_room * sizeof *clients);
      if (!clients) die("memory");
    }
    struct client *client = calloc(1, sizeof *client);
    if (!client) die("memory");
    client->fd = fd;
    client->index = client_count;
    clients[client_count++] = client;
    if (client_count > most_clients) most_clients = client_count;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
    if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) < 0) end(client);
  }
}

static int listen_on(int port) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t) port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd, (struct sockaddr *) &address, size) < 0 || listen(fd, 4096) < 0) die("cannot listen");
  getsockname(fd, (struct sockaddr *) &address, &size);
  printf("listening on %d\n", ntohs(address.sin_port));
  fflush(stdout);
  return fd;
}

int main(int count, char **arguments) {
  if (count < 4) {
    fprintf(stderr, "usage: floor FILE PORT WINDOW_MS [SECONDS]\n");
    return 2;
  }
  int64_t window = atoll(arguments[3]), length = count > 4 ? atoll(arguments[4]) * 1000 : INT64_MAX / 2;
  struct sigaction action = {.sa_handler = stop};
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  signal(SIGPIPE, SIG_IGN);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  load(arguments[1]);
  if (!(ring = malloc(RING))) die("memory");
  if ((epoll_fd = epoll_create1(EPOLL_CLOEXEC)) < 0) die("epoll");
  int listener = listen_on(atoi(arguments[2]));
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[MOST_EVENTS];
  epoll_ctl(epoll_fd, EPOLL_CTL_ADD, listener, &event);

  struct timespec wall;
  clock_gettime(CLOCK_REALTIME, &wall);
  start_nanos = wall.tv_sec * INT64_C(1000000000) + wall.tv_nsec;
  int64_t start = now_ms(), turn = 0, tick = window;
  size_t next = 0;
  while (!stopping) {
    int64_t elapsed = now_ms() - start, due = window == 0 ? turn * turn_ms + tags[next].due : tick;
    if (elapsed >= length) break;
    int64_t pause = due - elapsed;
    int n = epoll_wait(epoll_fd, events, MOST_EVENTS, pause < 0 ? 0 : (int) (pause < 1000 ? pause : 1000));
    for (int i = 0; i < n; i++) {
      struct client *client = events[i].data.ptr;
      if (client == NULL) {
        take(listener);
      } else if (!(events[i].events & EPOLLOUT) || push(client)) {
        if (events[i].events & ~(uint32_t) EPOLLOUT) receive(client);
      }
    }
    elapsed = now_ms() - start;
    if (elapsed < due) continue;
    /* With a window all of it at once; without, what came together. */
    while (turn * turn_ms + tags[next].due <= (window == 0 ? elapsed : due)) {
      int64_t at = turn * turn_ms + tags[next].due;
      append(&tags[next], turn * turn_ms);
      if (++next == tag_count) {
        next = 0;
        turn++;
      }
      if (window == 0 && !(together && turn * turn_ms + tags[next].due == at)) push_all();
    }
    if (window > 0) {
      push_all();
      tick += (elapsed - tick) / window * window + window;
    }
  }
  struct rusage use;
  getrusage(RUSAGE_SELF, &use);
  printf("{\"writes\":%" PRIu64 ",\"bytes\":%" PRIu64 ",\"short_writes\":%" PRIu64 ",\"given_up\":%" PRIu64
         ",\"most_players\":%zu,\"user_ms\":%ld,\"system_ms\":%ld}\n",
      writes, bytes_sent, short_writes, given_up, most_clients,
      use.ru_utime.tv_sec * 1000L + use.ru_utime.tv_usec / 1000, use.ru_stime.tv_sec * 1000L + use.ru_stime.tv_usec / 1000);
  return 0;
}
