//! A headless Chromium, and somebody in front of it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use thirtyfour::common::log::LoggingPrefsLogLevel;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities};

use super::house::House;

const PATIENCE: Duration = Duration::from_secs(60);

/// Chromium speaks to nobody but us.
const QUIET: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1360,1000",
];

/// The driver's process.
pub(crate) struct Chromium {
    driver: Child,
    url: String,
}

impl Chromium {
    pub(crate) fn start() -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed (make setup)");
        let said = BufReader::new(driver.stdout.take().unwrap());
        let port = said.lines().map_while(Result::ok).find_map(|line| {
            let (_, rest) = line.split_once("successfully on port ")?;
            Some(rest.trim_end_matches('.').to_owned())
        });
        Self { driver, url: format!("http://127.0.0.1:{}", port.unwrap()) }
    }

    /// Somebody new, with script or without.
    pub(crate) async fn visitor<'a>(&self, house: &'a House, script: bool) -> Visitor<'a> {
        let profile = tempfile::tempdir().unwrap();
        let mut wanted = ChromeCapabilities::new();
        for flag in QUIET {
            wanted.add_arg(flag).unwrap();
        }
        wanted.add_arg(&format!("--user-data-dir={}", profile.path().display())).unwrap();
        wanted.set_browser_log_level(LoggingPrefsLogLevel::All).unwrap();
        if !script {
            let blocked = serde_json::json!({
                "profile.managed_default_content_settings.javascript": 2
            });
            wanted.add_experimental_option("prefs", blocked).unwrap();
        }
        let driver = WebDriver::new(&self.url, wanted).await.unwrap();
        let pictures = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("console");
        fs::create_dir_all(&pictures).unwrap();
        Visitor { house, driver, pictures, _profile: profile }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _gone = self.driver.kill();
        let _status = self.driver.wait();
    }
}

/// Somebody in front of the console.
pub(crate) struct Visitor<'a> {
    pub(crate) house: &'a House,
    pub(crate) driver: WebDriver,
    pictures: PathBuf,
    _profile: tempfile::TempDir,
}

impl Visitor<'_> {
    /// Opens a page of the console.
    pub(crate) async fn open(&self, path: &str) {
        self.driver.goto(format!("{}/console{path}", self.house.url)).await.unwrap();
    }

    /// Signs in and is where one wanted to be.
    pub(crate) async fn sign_in(&self, role: &str) {
        self.open("/sign-in").await;
        self.fill("#key", self.house.key(role)).await;
        self.click("main form button").await;
        self.wait("the overview", async || self.path().await == "/console").await;
    }

    pub(crate) async fn find(&self, css: &str) -> WebElement {
        match self.driver.find(By::Css(css)).await {
            Ok(found) => found,
            Err(_) => panic!("{css} is not on {}: {}", self.path().await, self.text().await),
        }
    }

    pub(crate) async fn all(&self, css: &str) -> Vec<WebElement> {
        self.driver.find_all(By::Css(css)).await.unwrap()
    }

    pub(crate) async fn click(&self, css: &str) {
        self.find(css).await.click().await.unwrap();
    }

    pub(crate) async fn fill(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Everything that can be read on the page.
    pub(crate) async fn text(&self) -> String {
        self.read("body").await
    }

    /// What can be read there. A page may give way to the next one meanwhile: read again.
    pub(crate) async fn read(&self, css: &str) -> String {
        let began = Instant::now();
        loop {
            let found = match self.driver.find(By::Css(css)).await {
                Ok(found) => found.text().await,
                Err(error) => Err(error),
            };
            match found {
                Ok(text) => return text,
                Err(error) if began.elapsed() > PATIENCE => panic!("{css}: {error}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    /// Everything the page is made of.
    pub(crate) async fn source(&self) -> String {
        self.driver.source().await.unwrap()
    }

    /// Path and query of the page.
    pub(crate) async fn path(&self) -> String {
        let url = self.driver.current_url().await.unwrap();
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("{}{query}", url.path())
    }

    /// An attribute of the first such element.
    pub(crate) async fn attribute(&self, css: &str, name: &str) -> String {
        self.find(css).await.attr(name).await.unwrap().unwrap_or_default()
    }

    /// Waits until it is so.
    pub(crate) async fn wait(&self, what: &str, so: impl AsyncFn() -> bool) {
        let began = Instant::now();
        while !so().await {
            assert!(
                began.elapsed() < PATIENCE,
                "{what}: {} {}",
                self.path().await,
                self.text().await
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Leaves a picture of the whole page.
    pub(crate) async fn picture(&self, name: &str) {
        let measure =
            "return Math.min(2400, Math.max(800, document.documentElement.scrollHeight + 90))";
        self.driver.set_window_rect(0, 0, 1360, 800).await.unwrap();
        if let Ok(height) = self.driver.execute(measure, vec![]).await
            && let Some(height) = height.json().as_u64()
        {
            let height = u32::try_from(height).unwrap();
            self.driver.set_window_rect(0, 0, 1360, height).await.unwrap();
        }
        self.driver.screenshot(&self.pictures.join(format!("{name}.png"))).await.unwrap();
    }

    /// The same pages in the dark.
    pub(crate) async fn pictured_dark(&self) {
        self.open("").await;
        self.click("[data-theme-toggle]").await;
        assert_eq!(self.attribute("html", "data-theme").await, "dark");
        self.picture("overview-dark").await;
    }

    /// What the browser complained of since it was last asked.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let log = self.driver.browser_log().await.unwrap();
        log.into_iter()
            .filter(|entry| entry.level == "SEVERE" || entry.level == "WARNING")
            .map(|entry| entry.message)
            .collect()
    }

    pub(crate) async fn leave(self) {
        self.driver.quit().await.unwrap();
    }
}
