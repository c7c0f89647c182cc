package io.broadcaster.api.http;

import java.util.List;

/** The routes of one subject. */
public sealed interface RouteSet
        permits CampaignRoutes,
                AudienceRoutes,
                LaunchRoutes,
                WatchRoutes,
                ExportRoutes,
                AuditRoutes,
                TestDeviceRoutes,
                QueueRoutes,
                LoadTestRoutes,
                PreviewRoutes,
                ConsoleRoutes,
                SessionRoutes,
                OpenApiRoutes {
    /** Every route, each with its handler. */
    List<Route> routes();
}
