package io.broadcaster.loadtest.simulate;

import io.broadcaster.campaign.Platform;
import io.broadcaster.task.QueueName;
import io.broadcaster.testkit.FakeCampaignStore;
import io.broadcaster.testkit.FakeProgressStore;
import io.broadcaster.testkit.FakeWorkerRegistry;
import io.broadcaster.testkit.simulation.Network;
import io.broadcaster.testkit.simulation.RemoteCampaigns;
import io.broadcaster.testkit.simulation.RemoteLedger;
import io.broadcaster.testkit.simulation.RemoteProgress;
import io.broadcaster.testkit.simulation.RemoteWorkers;
import io.broadcaster.testkit.simulation.SimulatedProcess;
import io.broadcaster.testkit.simulation.SimulatedQueue;
import io.broadcaster.testkit.simulation.Simulation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the processes of one world call: queues, tables, providers, and the ways there. */
final class Services {
    private static final int RECEIVES_MAX = 5;

    final FakeCampaignStore campaigns = new FakeCampaignStore();
    final WatchedLedger ledger;
    final Network campaignNetwork;
    final Network ledgerNetwork;
    final SimulatedQueue slices;
    final ProviderJournal journal;
    private final Network sideNetwork;
    private final FakeProgressStore progress = new FakeProgressStore();
    private final FakeWorkerRegistry workers = new FakeWorkerRegistry();
    private final Map<Platform, SimulatedQueue> batches = new EnumMap<>(Platform.class);
    private final Map<Platform, SimulatedProvider> providers = new EnumMap<>(Platform.class);

    Services(Simulation simulation, ProviderJournal journal) {
        this.journal = journal;
        ledger = new WatchedLedger(simulation);
        campaignNetwork = new Network(simulation, "campaigns", Network.Quality.GOOD);
        ledgerNetwork = new Network(simulation, "ledger", Network.Quality.GOOD);
        sideNetwork = new Network(simulation, "registry", Network.Quality.GOOD);
        slices = new SimulatedQueue(simulation, QueueName.SLICES.name(), RECEIVES_MAX);
        for (Platform platform : Platform.values()) {
            String name = QueueName.batches(platform).name();
            batches.put(platform, new SimulatedQueue(simulation, name, RECEIVES_MAX));
            providers.put(platform, new SimulatedProvider(simulation, platform.wireName(), journal));
        }
    }

    SimulatedQueue batches(Platform platform) {
        return Objects.requireNonNull(batches.get(platform));
    }

    SimulatedProvider provider(Platform platform) {
        return Objects.requireNonNull(providers.get(platform));
    }

    List<SimulatedQueue> queues() {
        return List.of(slices, batches(Platform.IOS), batches(Platform.ANDROID));
    }

    RemoteCampaigns campaigns(SimulatedProcess caller) {
        return new RemoteCampaigns(caller, campaignNetwork, campaigns);
    }

    RemoteLedger ledger(SimulatedProcess caller) {
        return new RemoteLedger(caller, ledgerNetwork, ledger);
    }

    RemoteProgress progress(SimulatedProcess caller) {
        return new RemoteProgress(caller, sideNetwork, progress);
    }

    RemoteWorkers workers(SimulatedProcess caller) {
        return new RemoteWorkers(caller, sideNetwork, workers);
    }
}
