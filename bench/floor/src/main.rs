//! A hall of people: each with a stream open, a division opened by the chair, all vote by POST, the chair closes; then every
//! stream is cut, something happens, and all come back. What is printed is what the people saw and what the server used.
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    env, fs,
    rc::Rc,
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, sleep, sleep_until, timeout},
};

#[derive(Clone)]
struct Who {
    cookie: String,
}

#[derive(Default)]
struct Seen {
    // what one screen shows
    last_id: Cell<u64>,
    frames: Cell<u64>,
    bytes: Cell<u64>,
    when: RefCell<HashMap<String, Instant>>, // marker -> when seen
    up: Cell<bool>,
    connect_ms: Cell<f64>,
    dropped: Cell<u64>,
}

fn arg(name: &str, default: &str) -> String {
    let all: Vec<String> = env::args().collect();
    all.iter()
        .position(|a| a == name)
        .map(|i| all[i + 1].clone())
        .unwrap_or(default.into())
}
fn pct(mut v: Vec<f64>) -> String {
    if v.is_empty() {
        return "none".into();
    }
    v.sort_by(|a, b| a.partial_cmp(b).unwrap());
    let p = |q: f64| v[((v.len() as f64 * q) as usize).min(v.len() - 1)];
    format!(
        "n={} p50={:.1} p90={:.1} p99={:.1} max={:.1} ms",
        v.len(),
        p(0.5),
        p(0.9),
        p(0.99),
        v[v.len() - 1]
    )
}
fn rnd(seed: &Cell<u64>) -> f64 {
    // xorshift
    let mut x = seed.get();
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    seed.set(x);
    (x >> 11) as f64 / (1u64 << 53) as f64
}
async fn post(
    addr: &str,
    path: &str,
    who: &Who,
    body: &str,
    form: bool,
) -> Result<(u16, String), String> {
    let work = async {
        let mut s = TcpStream::connect(addr).await.map_err(|e| e.to_string())?;
        s.set_nodelay(true).ok();
        let kind = if form {
            "application/x-www-form-urlencoded"
        } else {
            "application/json"
        };
        let req = format!(
            "POST {path} HTTP/1.1\r\nHost: {addr}\r\nOrigin: http://{addr}\r\nSec-Fetch-Site: same-origin\r\nCookie: {}\r\nUser-Agent: Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36\r\nAccept: */*\r\nAccept-Encoding: gzip, br\r\nAccept-Language: en\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            who.cookie,
            body.len()
        );
        s.write_all(req.as_bytes())
            .await
            .map_err(|e| e.to_string())?;
        let mut out = Vec::with_capacity(1024);
        s.read_to_end(&mut out).await.map_err(|e| e.to_string())?;
        let text = String::from_utf8_lossy(&out).to_string();
        let code = text.get(9..12).and_then(|c| c.parse().ok()).unwrap_or(0);
        Ok((code, text))
    };
    timeout(Duration::from_secs(30), work)
        .await
        .unwrap_or(Err("timeout".into()))
}
async fn stream(
    addr: String,
    path: String,
    who: Who,
    seen: Rc<Seen>,
    stop: Rc<Cell<bool>>,
    kick: Rc<tokio::sync::Notify>,
) {
    let begun = Instant::now();
    let mut s = match TcpStream::connect(&addr).await {
        Ok(s) => s,
        Err(_) => {
            seen.dropped.set(seen.dropped.get() + 1);
            return;
        }
    };
    let last = seen.last_id.get();
    let resume = if last > 0 {
        format!("Last-Event-ID: {last}\r\n")
    } else {
        String::new()
    };
    let req = format!(
        "GET {path} HTTP/1.1\r\nHost: {addr}\r\nCookie: {}\r\nAccept: text/event-stream\r\nAccept-Encoding: identity\r\nAccept-Language: en\r\nUser-Agent: Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36\r\n{resume}Cache-Control: no-cache\r\n\r\n",
        who.cookie
    );
    if s.write_all(req.as_bytes()).await.is_err() {
        return;
    }
    let mut buf = vec![0u8; 4096];
    let mut tail: Vec<u8> = Vec::new();
    let mut head = false;
    loop {
        let n = tokio::select! { r = s.read(&mut buf) => match r { Ok(0) | Err(_) => { seen.up.set(false); seen.dropped.set(seen.dropped.get() + 1); return; } Ok(n) => n }, _ = kick.notified() => { seen.up.set(false); return; } };
        if stop.get() {
            return;
        }
        seen.bytes.set(seen.bytes.get() + n as u64);
        tail.extend_from_slice(&buf[..n]);
        if !head {
            if let Some(p) = find(&tail, b"\r\n\r\n") {
                if !tail.starts_with(b"HTTP/1.1 200") {
                    eprintln!(
                        "stream refused: {}",
                        String::from_utf8_lossy(&tail[..p.min(60)])
                    );
                    return;
                }
                head = true;
                tail.drain(..p + 4);
                seen.up.set(true);
                seen.connect_ms.set(begun.elapsed().as_secs_f64() * 1000.0);
            } else {
                continue;
            }
        }
        let now = Instant::now();
        while let Some(p) = find(&tail, b"\n\n") {
            let frame = &tail[..p];
            if let Some(i) = find(frame, b"id: ") {
                let id: u64 = frame[i + 4..]
                    .iter()
                    .take_while(|c| c.is_ascii_digit())
                    .fold(0, |a, c| a * 10 + (c - b'0') as u64);
                if id < seen.last_id.get() {
                    eprintln!("id went back");
                }
                seen.last_id.set(id);
                seen.frames.set(seen.frames.get() + 1);
            }
            let mut rest = frame; // data-status="<division>:<word>"
            while let Some(i) = find(rest, b"data-status=\"") {
                rest = &rest[i + 13..];
                let mark: String = rest
                    .iter()
                    .take_while(|c| **c != b'"')
                    .map(|c| *c as char)
                    .collect();
                seen.when.borrow_mut().entry(mark).or_insert(now);
            }
            tail.drain(..p + 2);
        }
    }
}
/// The id of what an act opened, as its answer says; empty if it opened nothing.
fn id_in(text: &str) -> String {
    text.split("\"id\": \"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or("")
        .into()
}
fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|w| w == needle)
}
fn cpu(pid: &str) -> (f64, f64) {
    // seconds of processor, MiB resident, of all pids given a,b,c
    let mut t = 0.0;
    let mut m = 0.0;
    for p in pid.split(',').filter(|p| !p.is_empty()) {
        let st = fs::read_to_string(format!("/proc/{p}/stat")).unwrap_or_default();
        let f: Vec<&str> = st
            .rsplit(')')
            .next()
            .unwrap_or("")
            .split_whitespace()
            .collect();
        if f.len() > 13 {
            t += (f[11].parse::<f64>().unwrap() + f[12].parse::<f64>().unwrap()) / 100.0;
        }
        let s = fs::read_to_string(format!("/proc/{p}/status")).unwrap_or_default();
        for l in s.lines() {
            if l.starts_with("VmRSS:") {
                m += l.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0;
            }
        }
    }
    (t, m)
}
async fn wait_for(
    screens: &[Rc<Seen>],
    mark: &str,
    from: Instant,
    limit: f64,
) -> (Vec<f64>, usize) {
    loop {
        let missing = screens
            .iter()
            .filter(|s| !s.when.borrow().contains_key(mark))
            .count();
        if missing == 0 || from.elapsed().as_secs_f64() > limit {
            let v = screens
                .iter()
                .filter_map(|s| {
                    s.when
                        .borrow()
                        .get(mark)
                        .map(|t| t.saturating_duration_since(from).as_secs_f64() * 1000.0)
                })
                .collect();
            return (v, missing);
        }
        sleep(Duration::from_millis(20)).await;
    }
}
#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::task::LocalSet::new().run_until(run()).await
}
async fn run() {
    let addrs: Vec<String> = arg("--addr", "127.0.0.1:8000")
        .split(',')
        .map(String::from)
        .collect();
    let addr = addrs[0].clone();
    let n: usize = arg("--n", "2000").parse().unwrap();
    let voters: usize = arg("--voters", &n.to_string()).parse().unwrap();
    let rate: f64 = arg("--rate", "400").parse().unwrap();
    let window: f64 = arg("--window", "30").parse().unwrap();
    let shape = arg("--shape", "front");
    let live = arg("--live", "/live/agm");
    let vote = arg("--vote", "/acts/cast-vote");
    let acts = "/acts/";
    let pid = arg("--pid", "");
    let reconnect: f64 = arg("--reconnect", "0").parse().unwrap();
    let whos: Vec<Who> = fs::read_to_string(arg("--clients", "clients.tsv"))
        .unwrap()
        .lines()
        .map(|l| {
            let f: Vec<&str> = l.split('\t').collect();
            Who {
                cookie: f[1].into(),
            }
        })
        .collect();
    let seed = Rc::new(Cell::new(88172645463325252u64));
    let chair = whos[0].clone();
    let seeds = seed.clone();
    // An act of the chair or of whoever seconds: how long it took, and the id of what it opened.
    let act = |name: &str, fields: String, who: Who| {
        let (a, p, token) = (
            addr.clone(),
            format!("{acts}{name}"),
            (rnd(&seeds) * 1e16) as u64,
        );
        async move {
            let b = Instant::now();
            let body = format!("{{\"token\":\"bench-{token:016}\",{fields}}}");
            match post(&a, &p, &who, &body, false).await {
                Ok((200, text)) => (b.elapsed().as_secs_f64() * 1000.0, id_in(&text)),
                other => panic!("{p}: {other:?}"),
            }
        }
    };
    let opened_by_chair = || async {
        let (_, motion) = act(
            "move-motion",
            "\"kind\":\"main\",\"meeting\":\"agm\",\"title\":\"A question\"".into(),
            chair.clone(),
        )
        .await;
        act(
            "second-motion",
            format!("\"motion\":\"{motion}\""),
            whos[1].clone(),
        )
        .await;
        act(
            "open-division",
            format!("\"motion\":\"{motion}\",\"method\":\"roll-call\""),
            chair.clone(),
        )
        .await
    };
    let (c0, m0) = cpu(&pid);
    let stop = Rc::new(Cell::new(false));
    let kick = Rc::new(tokio::sync::Notify::new());
    let screens: Vec<Rc<Seen>> = (0..n).map(|_| Rc::new(Seen::default())).collect();
    let begun = Instant::now();
    for i in 0..n {
        tokio::task::spawn_local(stream(
            addrs[i % addrs.len()].clone(),
            live.clone(),
            whos[i].clone(),
            screens[i].clone(),
            stop.clone(),
            kick.clone(),
        ));
        sleep_until(begun + Duration::from_secs_f64(i as f64 / rate)).await;
    }
    while screens.iter().filter(|s| s.up.get()).count() < n
        && begun.elapsed().as_secs_f64() < n as f64 / rate + 30.0
    {
        sleep(Duration::from_millis(50)).await;
    }
    let up = screens.iter().filter(|s| s.up.get()).count();
    let (c1, m1) = cpu(&pid);
    println!(
        "connected {up}/{n} in {:.1} s: {}; CPU {:.2} s = {:.2} ms each; RSS {m0:.0} -> {m1:.0} MiB = {:.1} KiB each",
        begun.elapsed().as_secs_f64(),
        pct(screens.iter().map(|s| s.connect_ms.get()).collect()),
        c1 - c0,
        (c1 - c0) / n as f64 * 1e3,
        (m1 - m0) * 1024.0 / n as f64
    );
    sleep(Duration::from_secs(2)).await;
    let (i0, _) = cpu(&pid);
    let it = Instant::now();
    sleep(Duration::from_secs(3)).await;
    let (i1, _) = cpu(&pid);
    println!(
        "idle: server CPU {:.1} % of a core",
        (i1 - i0) / it.elapsed().as_secs_f64() * 100.0
    );
    let (ms, division) = opened_by_chair().await;
    let opened = Instant::now();
    let (v, missing) = wait_for(&screens, &format!("{division}:open"), opened, 20.0).await;
    println!(
        "open: chair's request {ms:.0} ms; every screen shows it: {}, missing {missing}",
        pct(v)
    );
    // votes
    let f0: u64 = screens.iter().map(|s| s.frames.get()).sum();
    let b0: u64 = screens.iter().map(|s| s.bytes.get()).sum();
    let (c2, _) = cpu(&pid);
    let (l0, _) = cpu(&std::process::id().to_string());
    let t0 = Instant::now();
    let lat = Rc::new(RefCell::new(vec![]));
    let bad = Rc::new(RefCell::new(HashMap::<String, usize>::new()));
    let done = Rc::new(Cell::new(0usize));
    for i in 0..voters {
        let u = rnd(&seed);
        let at = if shape == "front" {
            (-(1.0 - u * 0.9975_f64).ln()) / 6.0 * window
        } else {
            u * window
        }; // front: half within 12 % of the window
        let (addr, vote, who, lat, bad, done, division) = (
            addrs[i % addrs.len()].clone(),
            vote.clone(),
            whos[i].clone(),
            lat.clone(),
            bad.clone(),
            done.clone(),
            division.clone(),
        );
        let choice = ["for", "against", "abstain", "for", "for"][i % 5];
        tokio::task::spawn_local(async move {
            sleep_until(t0 + Duration::from_secs_f64(at)).await;
            let b = Instant::now();
            match post(&addr, &vote, &who, &format!("{{\"token\":\"vote-{i:08}-{division}\",\"division\":\"{division}\",\"choice\":\"{choice}\"}}"), false).await {
                Ok((200, _)) => lat.borrow_mut().push(b.elapsed().as_secs_f64() * 1000.0),
                Ok((c, t)) => *bad.borrow_mut().entry(format!("{c} {}", t.rsplit("\r\n\r\n").next().unwrap_or("").chars().take(120).collect::<String>())).or_insert(0) += 1,
                Err(e) => *bad.borrow_mut().entry(e).or_insert(0) += 1,
            }
            done.set(done.get() + 1);
        });
    }
    while done.get() < voters {
        sleep(Duration::from_millis(20)).await;
    }
    let took = t0.elapsed().as_secs_f64();
    let (c3, m3) = cpu(&pid);
    let (l1, _) = cpu(&std::process::id().to_string());
    let f1: u64 = screens.iter().map(|s| s.frames.get()).sum();
    let b1: u64 = screens.iter().map(|s| s.bytes.get()).sum();
    println!(
        "votes in {took:.1} s: {}; bad {:?}",
        pct(lat.borrow().clone()),
        bad.borrow()
    );
    println!(
        "  server CPU {:.2} s = {:.0} % of a core, load generator {:.0} %; RSS {m3:.0} MiB; frames {} = {:.2}/s a screen, {:.1} MB = {:.0} B a frame",
        c3 - c2,
        (c3 - c2) / took * 100.0,
        (l1 - l0) / took * 100.0,
        f1 - f0,
        (f1 - f0) as f64 / n as f64 / took,
        (b1 - b0) as f64 / 1e6,
        (b1 - b0) as f64 / (f1 - f0).max(1) as f64
    );
    let (ms, _) = act(
        "close-division",
        format!("\"division\":\"{division}\""),
        chair.clone(),
    )
    .await;
    let closed = Instant::now();
    let (v, missing) = wait_for(&screens, &format!("{division}:closed"), closed, 20.0).await;
    println!(
        "close: chair's request {ms:.0} ms; every screen shows it: {}, missing {missing}",
        pct(v)
    );
    let (ms, _) = act(
        "declare-result",
        format!("\"division\":\"{division}\""),
        chair.clone(),
    )
    .await;
    let said = Instant::now();
    let (v, missing) = wait_for(&screens, &format!("{division}:declared"), said, 20.0).await;
    println!(
        "declare: chair's request {ms:.0} ms; every screen shows it: {}, missing {missing}",
        pct(v)
    );
    if reconnect > 0.0 {
        let d0: u64 = screens.iter().map(|s| s.dropped.get()).sum();
        kick.notify_waiters();
        sleep(Duration::from_millis(300)).await; // everybody's network is gone
        let (_, division) = opened_by_chair().await;
        sleep(Duration::from_millis(500)).await;
        let (c4, _) = cpu(&pid);
        let back = Instant::now();
        for i in 0..n {
            let (a, l, w, s, st, k) = (
                addrs[i % addrs.len()].clone(),
                live.clone(),
                whos[i].clone(),
                screens[i].clone(),
                stop.clone(),
                kick.clone(),
            );
            let at = back + Duration::from_secs_f64(rnd(&seed) * reconnect);
            tokio::task::spawn_local(async move {
                sleep_until(at).await;
                stream(a, l, w, s, st, k).await
            });
        }
        let (v, missing) = wait_for(&screens, &format!("{division}:open"), back, 60.0).await;
        let (c5, _) = cpu(&pid);
        println!(
            "reconnect within {reconnect} s with Last-Event-ID: {}; missed what happened meanwhile {missing}; connect {}; CPU {:.2} s; dropped {}",
            pct(v),
            pct(screens.iter().map(|s| s.connect_ms.get()).collect()),
            c5 - c4,
            screens.iter().map(|s| s.dropped.get()).sum::<u64>() - d0
        );
        act(
            "close-division",
            format!("\"division\":\"{division}\""),
            chair.clone(),
        )
        .await;
        let closed = Instant::now();
        let (v, missing) = wait_for(&screens, &format!("{division}:closed"), closed, 20.0).await;
        println!("  close after it: {}, missing {missing}", pct(v));
        act(
            "declare-result",
            format!("\"division\":\"{division}\""),
            chair.clone(),
        )
        .await;
    }
    let most = screens.iter().map(|s| s.last_id.get()).max().unwrap();
    sleep(Duration::from_millis(800)).await;
    println!(
        "screens behind the last frame: {}; streams dropped: {}",
        screens.iter().filter(|s| s.last_id.get() < most).count(),
        screens.iter().map(|s| s.dropped.get()).sum::<u64>()
    );
    stop.set(true);
}
